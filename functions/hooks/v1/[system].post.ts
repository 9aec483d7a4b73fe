import * as z from 'zod';
import { lateAnswerFields } from '#domain/syncs/recovery/late-answer-fields.ts';
import { answerFromHook, receiveAnswer } from '#domain/syncs/recovery/receive-answer.ts';
import { exampleWord, receivedAnswer } from '#domain/syncs/recovery/received-answer.ts';
import type { Declaration } from '#lib/http/declaration.ts';
import { Problem } from '#lib/problem.ts';
import { systemDoor } from '#wiring/access.ts';
import { syncTools } from '#wiring/syncs.ts';

const path = z.strictObject({ system: z.string().max(31) });

export const api = {
  summary: 'Answer late',
  path,
  body: lateAnswerFields,
  example: { path: { system: 'debit' }, body: exampleWord },
  answers: { 200: receivedAnswer },
  problems: ['not-found', 'action-not-safe', 'answer-contradicts'],
} satisfies Declaration;

/** Takes a system's late answer: a vote or a receipt. Repeating the call gives the same answer. */
export const handler = systemDoor<typeof api>(
  { path, body: lateAnswerFields },
  async ({ path: { system }, body, caller }) => {
    if (caller.system !== system)
      throw new Problem('forbidden', { detail: 'This key belongs to another system.' });
    await receiveAnswer(answerFromHook({ tenant: caller.tenant, system, ...body }), syncTools());
    return { status: 200, body: { status: 'ok' } };
  },
);
