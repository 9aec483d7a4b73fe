import { standingAnswer } from '#domain/participants/circuits/circuit-answer.ts';
import { operateSystem } from '#domain/participants/circuits/operate-system.ts';
import type { Declaration } from '#lib/http/declaration.ts';
import { reasoned, systemPath } from '#lib/http/fields.ts';
import { operatorDoor } from '#wiring/access.ts';
import { systemTools } from '#wiring/systems.ts';

export const api = {
  summary: 'Resume a system',
  path: systemPath,
  body: reasoned,
  example: { path: { name: 'debit' }, body: { reason: 'the vendor is back' } },
  answers: { 200: standingAnswer },
  problems: ['not-found'],
} satisfies Declaration;

/** Resumes a system: calls are allowed again, and the syncs that wait for it continue. */
export const handler = operatorDoor<typeof api>(
  { path: systemPath, body: reasoned },
  async ({ path, body, caller }) => ({
    status: 200,
    body: await operateSystem(
      { verb: 'resume', system: path.name, by: caller.keyId, reason: body.reason },
      systemTools(),
    ),
  }),
);
