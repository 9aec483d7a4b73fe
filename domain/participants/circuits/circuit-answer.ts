import * as z from 'zod';
import type { Answer } from '#lib/http/declaration.ts';

const standing = z
  .object({
    system: z.string(),
    state: z.enum(['answering', 'doubtful', 'resting', 'paused']),
    failures: z.int().nonnegative().meta({ description: 'In a row without an answer.' }),
    until: z.iso.datetime().optional().meta({ description: 'Until then it is left alone.' }),
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
  description: 'How it stands now.',
  schema: standing,
  example: answering,
} satisfies Answer;

/** The same, when the action was `pause`. */
export const pausedAnswer = {
  ...standingAnswer,
  example: { ...answering, state: 'paused', paused },
} satisfies Answer;
