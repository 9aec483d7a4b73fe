import { env } from '#lib/env.ts';
import type { Declaration } from '#lib/http/declaration.ts';
import { healthAnswer } from '#lib/http/health-answer.ts';
import { openDoor } from '#lib/http/open-door.ts';

export const api = {
  summary: 'Check whether the API answers',
  answers: { 200: healthAnswer },
  problems: [],
} satisfies Declaration;

/** Says that the API is up, and which build it runs. It needs no key and reads no table. */
export const handler = openDoor<typeof api>({}, () => ({
  status: 200,
  body: { status: 'ok', version: env('VERSION'), commit: env('COMMIT') },
}));
