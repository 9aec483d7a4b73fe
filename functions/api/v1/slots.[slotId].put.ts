import * as z from 'zod';
import { putSlot } from '#domain/reservations/slots/put-slot.ts';
import { slotFields, toDescribed } from '#domain/reservations/slots/slot-fields.ts';
import { slotView } from '#domain/reservations/slots/slot-view.ts';
import { decimal } from '#lib/http/decimal.ts';
import { endpoint } from '#lib/http/endpoint.ts';
import { versionsOf } from '#lib/http/preconditions.ts';
import { newId } from '#lib/ids.ts';
import { callers } from '#wiring/access.ts';
import { deployedStore } from '#wiring/platform.ts';

const path = z.strictObject({ slotId: decimal });

/** Make a slot, or change what describes it. A change names the version it was made from. */
export const handler = endpoint(
  { path, body: slotFields, callers, role: 'scheduler' },
  async ({ path, body, caller, event }) => {
    const conditions = {
      ifMatch: versionsOf(event.headers['if-match']),
      ifNoneMatch: event.headers['if-none-match'] !== undefined,
    };
    const { slot, created } = await putSlot(
      { tenant: caller.tenant, slot: path.slotId, change: newId(), ...conditions, ...toDescribed(body) },
      deployedStore(),
    );
    return { status: created ? 201 : 200, etag: slot.v, modifiedAt: slot.event.at, body: slotView(slot) };
  },
);
