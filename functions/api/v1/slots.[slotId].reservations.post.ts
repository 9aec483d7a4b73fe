import * as z from 'zod/mini';
import { reserveSlot } from '#domain/reservations/reserve-slot.ts';
import { decimal } from '#lib/decimal.ts';
import { endpoint } from '#lib/endpoint.ts';
import { replayed } from '#lib/replayed.ts';
import { callers } from '#wiring/access.ts';
import { reservingTools } from '#wiring/reservations.ts';

const path = z.strictObject({ slotId: decimal });

/** Reserve a slot. No body is needed; a repeat under the same key is told the same. */
export const handler = endpoint(
  { path, callers, role: 'booker', keyed: true },
  async ({ path, caller, key }) => {
    const reservation = await reserveSlot(
      { tenant: caller.tenant, slot: path.slotId, key },
      reservingTools(),
    );
    return {
      status: 200,
      body: { status: 'ok', reservation_id: reservation.id },
      headers: replayed(reservation),
    };
  },
);
