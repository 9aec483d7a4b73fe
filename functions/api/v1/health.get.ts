import type { Declaration } from '#lib/declaration.ts';
import { env } from '#lib/env.ts';
import { healthAnswer } from '#lib/health-answer.ts';
import { openDoor } from '#lib/open-door.ts';

export const api = {
  summary: 'Ask whether Lockstep is alive',
  answers: { 200: healthAnswer },
  problems: [],
} satisfies Declaration;

/** Alive, and which build. It needs no key and reads no table. */
export const handler = openDoor<typeof api>({}, () => ({
  status: 200,
  body: { status: 'ok', version: env('VERSION'), commit: env('COMMIT') },
}));
