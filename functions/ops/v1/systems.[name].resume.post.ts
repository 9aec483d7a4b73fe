import { callers } from '#domain/access/callers.ts';
import { handle } from '#domain/handling.ts';
import { endpoint } from '#lib/endpoint.ts';
import { reasoned, systemPath } from '#lib/fields.ts';

/** Everybody may call this system again; what waited for it goes on. */
export const handler = endpoint(
  { path: systemPath, body: reasoned, callers, role: 'operator' },
  async ({ path, body, caller }) => ({
    status: 200,
    body: await handle('resume', path.name, caller.keyId, body.reason),
  }),
);
