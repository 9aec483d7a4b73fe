import { pausedAnswer } from '#domain/participants/circuits/circuit-answer.ts';
import { operateSystem } from '#domain/participants/circuits/operate-system.ts';
import type { Declaration } from '#lib/http/declaration.ts';
import { reasoned, systemPath } from '#lib/http/fields.ts';
import { operatorDoor } from '#wiring/access.ts';
import { systemTools } from '#wiring/systems.ts';

export const api = {
  summary: 'Pause a system',
  path: systemPath,
  body: reasoned,
  example: { path: { name: 'debit' }, body: { reason: 'maintenance' } },
  answers: { 200: pausedAnswer },
  problems: ['not-found'],
} satisfies Declaration;

/** Pauses a system: no sync calls it until it is resumed. */
export const handler = operatorDoor<typeof api>(
  { path: systemPath, body: reasoned },
  async ({ path, body, caller }) => ({
    status: 200,
    body: await operateSystem(
      { verb: 'pause', system: path.name, by: caller.keyId, reason: body.reason },
      systemTools(),
    ),
  }),
);
