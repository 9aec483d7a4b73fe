import * as z from 'zod';
import type { Answer } from '#lib/http/declaration.ts';

/** A system's hook call gets an acknowledgement and no other data. */
export const receivedAnswer = {
  description: 'The answer is recorded, by this request or an earlier one.',
  schema: z.object({ status: z.literal('ok') }),
  example: { status: 'ok' },
} satisfies Answer;

/** A vote that a system sends after the call. */
export const exampleWord = {
  event_id: '0d2f7c1b-5c0e-8a6e-9b1d-3a4f5e6d7c8b',
  phase: 'prepare',
  result: 'yes',
};
