import * as z from 'zod';
import { instant } from '#lib/http/fields.ts';
import { digest } from '#lib/ids.ts';
import { text } from '#lib/text.ts';
import { uuid8 } from '#lib/uuid.ts';
import { understood } from './accept-sync.ts';

/** The event type defines the shape of an item; the body's size limits how many fit. */
const items = z.union([z.array(z.unknown()).min(1), z.strictObject({ upload: text(100) })], {
  error: 'An array of items, or {"upload": "upl_…"}.',
});

/** A sync as a publisher requests it. */
export const syncFields = z.strictObject({
  type: text(100),
  payload: z.unknown(),
  items: items.optional(),
  deadline: instant.optional(),
  on_commit_failure: z.enum(['retry', 'compensate']).default('retry'),
  callback_task_token: text(2048).optional(),
});

/**
 * The command for this key: the sync's id is derived from it, so the same key is the same sync. A
 * task token changes with each attempt, and is no part of the request.
 */
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
  // Inline items count by their digest, an upload by its id: its object is pinned once, whatever
  // is put there later.
  asked: {
    deadline,
    on_commit_failure,
    items: Array.isArray(items) ? digest('items', items) : items?.upload,
  },
  taskToken: callback_task_token,
});
