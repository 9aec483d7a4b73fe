import { standingAnswer } from '#domain/participants/circuits/circuit-answer.ts';
import { operateSystem } from '#domain/participants/circuits/operate-system.ts';
import type { Declaration } from '#lib/http/declaration.ts';
import { reasoned, systemPath } from '#lib/http/fields.ts';
import { operatorDoor } from '#wiring/access.ts';
import { systemTools } from '#wiring/systems.ts';

export const api = {
  summary: 'Wake the syncs that wait for a system',
  path: systemPath,
  body: reasoned,
  example: { path: { name: 'debit' }, body: { reason: 'the vendor is back' } },
  answers: { 200: standingAnswer },
  problems: ['not-found'],
} satisfies Declaration;

/** Wakes every sync that waits for this system now. */
export const handler = operatorDoor<typeof api>(
  { path: systemPath, body: reasoned },
  async ({ path, body, caller }) => ({
    status: 200,
    body: await operateSystem(
      { verb: 'retryNow', system: path.name, by: caller.keyId, reason: body.reason },
      systemTools(),
    ),
  }),
);
