import { listSystems } from '#domain/participants/circuits/list-systems.ts';
import { endpoint } from '#lib/http/endpoint.ts';
import { callers } from '#wiring/access.ts';
import { systemTools } from '#wiring/systems.ts';

/** How each outside system stands with everyone who calls it. */
export const handler = endpoint({ callers, role: 'operator' }, async () => ({
  status: 200,
  body: { systems: await listSystems(systemTools()) },
}));
