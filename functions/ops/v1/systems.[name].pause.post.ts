import { operateSystem } from '#domain/participants/circuits/operate-system.ts';
import { endpoint } from '#lib/http/endpoint.ts';
import { reasoned, systemPath } from '#lib/http/fields.ts';
import { callers } from '#wiring/access.ts';
import { systemTools } from '#wiring/systems.ts';

/** Nobody calls this system until it is resumed. */
export const handler = endpoint(
  { path: systemPath, body: reasoned, callers, role: 'operator' },
  async ({ path, body, caller }) => ({
    status: 200,
    body: await operateSystem(
      { verb: 'pause', system: path.name, by: caller.keyId, reason: body.reason },
      systemTools(),
    ),
  }),
);
