import * as z from 'zod';
import { instant } from '#lib/http/fields.ts';
import { digest } from '#lib/ids.ts';
import { uuid8 } from '#lib/uuid.ts';
import { understood } from './accept-sync.ts';

/** What the items look like says their event type; how many fit into a request, the size of its body. */
const items = z.union([z.array(z.unknown()).min(1), z.strictObject({ upload: z.string().min(1).max(100) })], {
  error: 'An array of items, or {"upload": "upl_…"}.',
});

/** A change of several systems, as a publisher asks for it. */
export const syncFields = z.strictObject({
  type: z.string().max(100),
  payload: z.unknown(),
  items: items.optional(),
  deadline: instant.optional(),
  on_commit_failure: z.enum(['retry', 'compensate']).default('retry'),
  callback_task_token: z.string().min(1).max(2048).optional(),
});

/** What it asks for under this key: the token is derived from it, so the same key is the same sync. A task token is new in each try of a caller's, and no part of the request. */
export const toCommand = (
  { type, payload, items, deadline, on_commit_failure, callback_task_token }: z.output<typeof syncFields>,
  { tenant, key }: { tenant: string; key: string },
) => ({
  ...understood(type, payload),
  tenant,
  syncId: uuid8(tenant, 'syncs', key),
  route: 'syncs',
  deadline,
  onCommitFailure: on_commit_failure,
  items,
  // The items themselves, by their digest, or the upload that they are in: what it holds is pinned once, whatever is put there later.
  asked: {
    deadline,
    on_commit_failure,
    items: Array.isArray(items) ? digest('items', items) : items?.upload,
  },
  taskToken: callback_task_token,
});
