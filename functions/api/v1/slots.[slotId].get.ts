import * as z from 'zod';
import { readSlot } from '#domain/reservations/slots/read-slot.ts';
import { slotAnswer } from '#domain/reservations/slots/slot-answer.ts';
import { slotView } from '#domain/reservations/slots/slot-view.ts';
import { decimal } from '#lib/http/decimal.ts';
import type { Declaration } from '#lib/http/declaration.ts';
import { waitSeconds } from '#lib/http/fields.ts';
import { untilNew } from '#lib/http/long-poll.ts';
import { Problem } from '#lib/problem.ts';
import { tenantDoor } from '#wiring/access.ts';
import { deployedStore } from '#wiring/platform.ts';

const path = z.strictObject({ slotId: decimal });
const query = z.strictObject({ wait: waitSeconds });

export const api = {
  summary: 'Read a slot',
  path,
  query,
  example: { path: { slotId: 41 } },
  answers: { 200: slotAnswer },
  problems: ['not-found'],
} satisfies Declaration;

/**
 * One slot in its current state. With `wait` and If-None-Match the answer is sent when the slot
 * changes, or as 304 when the wait is over.
 */
export const handler = tenantDoor<typeof api>({ path, query }, ({ path, query, caller, event }) =>
  untilNew(event, query.wait, deployedStore().clock, async () => {
    const slot = await readSlot(deployedStore(), caller.tenant, path.slotId);
    if (!slot) throw new Problem('not-found');
    return { status: 200, etag: slot.v, modifiedAt: slot.event.at, body: slotView(slot) };
  }),
);
