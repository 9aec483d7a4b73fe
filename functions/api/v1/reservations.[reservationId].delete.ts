import * as z from 'zod';
import { callers } from '#domain/access/callers.ts';
import { readReservation } from '#domain/read-reservation.ts';
import { cancelReservation } from '#domain/reservations/cancel-reservation.ts';
import { endpoint } from '#lib/endpoint.ts';
import { tagsOf } from '#lib/preconditions.ts';
import { store } from '#lib/store.ts';

const path = z.strictObject({ reservationId: z.string().max(64) });

/** Cancel: the slot is free again, the payment is voided or refunded, everyone is told. Cancelling twice is the same answer. */
export const handler = endpoint({ path, callers, role: 'booker' }, async ({ path, caller, event }) => {
  const { found, etag } = await readReservation(store(), caller.tenant, path.reservationId);
  const tags = tagsOf(event.headers['if-match']);
  const stillMatches = tags === undefined || tags === 'any' || tags.includes(etag);
  await cancelReservation({ tenant: caller.tenant, found, stillMatches }, store());
  return { status: 200, body: { status: 'ok', reservation_id: found.id, state: 'cancelled' } };
});
