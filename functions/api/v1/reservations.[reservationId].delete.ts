import * as z from 'zod';
import { cancelReservation } from '#domain/reservations/cancel-reservation.ts';
import { readReservation } from '#domain/reservations/read-reservation.ts';
import { endpoint } from '#lib/http/endpoint.ts';
import { tagsOf } from '#lib/http/preconditions.ts';
import { callers } from '#wiring/access.ts';
import { deployedStore } from '#wiring/platform.ts';

const path = z.strictObject({ reservationId: z.string().max(64) });

/** Cancel: the slot is free again, the payment is voided or refunded, everyone is told. Cancelling twice is the same answer. */
export const handler = endpoint({ path, callers, role: 'booker' }, async ({ path, caller, event }) => {
  const { found, etag } = await readReservation(deployedStore(), caller.tenant, path.reservationId);
  const tags = tagsOf(event.headers['if-match']);
  const stillMatches = tags === undefined || tags === 'any' || tags.includes(etag);
  await cancelReservation({ tenant: caller.tenant, found, stillMatches }, deployedStore());
  return { status: 200, body: { status: 'ok', reservation_id: found.id, state: 'cancelled' } };
});
