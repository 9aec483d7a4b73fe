import * as z from 'zod';
import { laters, undoSync } from '#domain/syncs/undo/undo-sync.ts';
import { endpoint } from '#lib/http/endpoint.ts';
import { tagsOf } from '#lib/http/preconditions.ts';
import { uuid } from '#lib/http/uuid-field.ts';
import { rfc3339 } from '#lib/rfc3339.ts';
import { callers } from '#wiring/access.ts';
import { undoingTools } from '#wiring/syncs.ts';

const path = z.strictObject({ syncId: uuid });
const body = z.strictObject({ plan: z.string().max(64).optional(), later: z.enum(laters).optional() });

/** One token takes everything back, whenever it is asked for; where others were built upon it, on the plan that was read. The same call again is the same answer. */
export const handler = endpoint(
  { path, body, callers, role: 'publisher' },
  async ({ path, body: { plan, later }, caller, event }) => {
    const tags = tagsOf(event.headers['if-match']);
    const seen = tags === 'any' ? undefined : tags;
    const named = plan === undefined ? seen : (seen ?? [plan]).filter((tag) => tag === plan);
    const { syncId, undo } = await undoSync(
      { tenant: caller.tenant, syncId: path.syncId, by: caller.keyId, plan: named, later },
      undoingTools(),
    );
    return {
      status: 202,
      headers: { Location: `../syncs/${syncId}` },
      body: { status: 'accepted', rollback_token: syncId, sync_id: syncId, asked_at: rfc3339(undo?.at ?? 0) },
    };
  },
);
