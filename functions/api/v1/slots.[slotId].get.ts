import * as z from 'zod';
import { callers } from '#domain/access/callers.ts';
import { readSlot } from '#domain/reservations/read-slot.ts';
import { slotView } from '#domain/reservations/representation.ts';
import { endpoint } from '#lib/endpoint.ts';
import { setting } from '#lib/env.ts';
import { decimal, waitSeconds } from '#lib/fields.ts';
import { longPoll } from '#lib/long-poll.ts';
import { strong, unchanged } from '#lib/preconditions.ts';
import { Problem } from '#lib/problem.ts';
import { store } from '#lib/store.ts';

const path = z.strictObject({ slotId: decimal });
const query = z.strictObject({ wait: waitSeconds });

/** One slot as it stands. With `wait` and If-None-Match the answer comes when the slot changes, or as 304 when the wait is over. */
export const handler = endpoint({ path, query, callers }, async ({ path, query, caller, event }) => {
  const isNew = (slot: { v: number } | undefined) => !slot || !unchanged(event, strong(slot.v), undefined);
  const slot = await longPoll(
    { seconds: Math.min(query.wait, setting('MAX_WAIT_SECONDS')), clock: store().clock },
    () => readSlot(store(), caller.tenant, path.slotId),
    isNew,
  );
  if (!slot) throw new Problem('not-found');
  return { status: 200, etag: slot.v, modifiedAt: slot.event.at, body: slotView(slot) };
});
