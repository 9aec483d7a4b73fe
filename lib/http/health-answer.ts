import * as z from 'zod';
import type { Answer } from './declaration.ts';

/** The declared answer of a health door. */
export const healthAnswer = {
  description: 'The API answers; `version` and `commit` name its build.',
  schema: z.object({ status: z.literal('ok'), version: z.string(), commit: z.string() }),
  example: { status: 'ok', version: '0.1.0', commit: '8a952503e0b7a3cdd8e4d6a9f3b0c6f9b2f4f1a7' },
} satisfies Answer;
