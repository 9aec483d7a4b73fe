import * as z from 'zod';
import { callers } from '#domain/access/callers.ts';
import { syncTools } from '#domain/sync-tools.ts';
import { undoSync } from '#domain/syncs/undo-sync.ts';
import { endpoint } from '#lib/endpoint.ts';
import { uuid } from '#lib/uuid-field.ts';

const path = z.strictObject({ token: uuid });

/** One token takes everything back, whenever it is asked for. The same call again is the same answer. */
export const handler = endpoint({ path, callers, role: 'publisher' }, async ({ path, caller }) => {
  const { token, undo } = await undoSync({ tenant: caller.tenant, token: path.token, by: caller.keyId }, syncTools());
  const asked_at = new Date(undo?.at ?? 0).toISOString();
  return {
    status: 202,
    headers: { Location: `../syncs/${token}` },
    body: { status: 'accepted', rollback_token: token, sync_id: token, asked_at },
  };
});
