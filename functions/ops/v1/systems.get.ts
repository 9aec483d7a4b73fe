import { standingsAnswer } from '#domain/participants/circuits/circuit-answer.ts';
import { listSystems } from '#domain/participants/circuits/list-systems.ts';
import type { Declaration } from '#lib/http/declaration.ts';
import { digest } from '#lib/ids.ts';
import { operatorDoor } from '#wiring/access.ts';
import { systemTools } from '#wiring/systems.ts';

export const api = {
  summary: 'List systems',
  answers: { 200: standingsAnswer },
  problems: [],
} satisfies Declaration;

/** The circuit of each outside system: answering, doubtful, resting or paused. */
export const handler = operatorDoor<typeof api>({}, async () => {
  const body = { systems: await listSystems(systemTools()) };
  return { status: 200, etag: digest(body), body };
});
