import * as z from 'zod';
import type { Answer, Declaration } from '#lib/http/declaration.ts';
import { reasoned, systemPath } from '#lib/http/fields.ts';

const standing = z
  .object({
    system: z.string(),
    state: z.enum(['answering', 'doubtful', 'resting', 'paused']),
    failures: z.int().nonnegative().meta({ description: 'Calls in a row without an answer.' }),
    until: z.iso.datetime().optional().meta({ description: 'The system is not called before this time.' }),
    paused: z.object({ at: z.iso.datetime(), by: z.string(), reason: z.string() }).optional(),
  })
  .meta({ id: 'SystemStanding' });
const answering = { system: 'debit', state: 'answering', failures: 0 };
const paused = { at: '2027-01-15T09:00:00.000Z', by: 'key_4f1a0f6f2a11', reason: 'maintenance' };

/** The circuits of all systems. */
export const standingsAnswer = {
  description: 'Every system that takes part in syncs.',
  schema: z.object({ systems: z.array(standing) }).meta({ id: 'SystemStandings' }),
  example: { systems: [answering] },
  headers: ['ETag'],
} satisfies Answer;

/** The circuit of one system, after an operator's action. */
export const standingAnswer = {
  description: 'The circuit after the action.',
  schema: standing,
  example: answering,
} satisfies Answer;

/** The same, when the action was `pause`. */
export const pausedAnswer = {
  ...standingAnswer,
  example: { ...answering, state: 'paused', paused },
} satisfies Answer;

/** The declaration of an operator's action on a circuit; `reason` is an example. */
export const circuitApi = (summary: string, answer: Answer, reason: string) =>
  ({
    summary,
    path: systemPath,
    body: reasoned,
    example: { path: { name: 'debit' }, body: { reason } },
    answers: { 200: answer },
    problems: ['not-found'],
  }) satisfies Declaration;
