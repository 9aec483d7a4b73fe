import { callers } from '#domain/access/callers.ts';
import { handle } from '#domain/handling.ts';
import { endpoint } from '#lib/endpoint.ts';
import { reasoned, systemPath } from '#lib/fields.ts';

/** Nobody calls this system until it is resumed. */
export const handler = endpoint(
  { path: systemPath, body: reasoned, callers, role: 'operator' },
  async ({ path, body, caller }) => ({
    status: 200,
    body: await handle('pause', path.name, caller.keyId, body.reason),
  }),
);
