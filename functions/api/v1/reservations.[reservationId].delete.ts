import * as z from 'zod';
import { cancelReservation } from '#domain/reservations/cancel-reservation.ts';
import { readReservation } from '#domain/reservations/read-reservation.ts';
import { cancelledAnswer, exampleReservation } from '#domain/reservations/reservation-answer.ts';
import type { Declaration } from '#lib/http/declaration.ts';
import { tagsOf } from '#lib/http/preconditions.ts';
import { tenantDoor } from '#wiring/access.ts';
import { deployedStore } from '#wiring/platform.ts';

const path = z.strictObject({ reservationId: z.string().max(64) });

export const api = {
  summary: 'Cancel a reservation',
  path,
  headers: ['If-Match'],
  example: exampleReservation,
  answers: { 200: cancelledAnswer },
  problems: ['not-found', 'precondition-failed', 'slot-unsettled'],
} satisfies Declaration;

/**
 * Cancels a reservation: the slot is free again, the payment is voided or refunded, and an event
 * is published. Cancelling twice gives the same answer.
 */
export const handler = tenantDoor<typeof api>({ path, role: 'booker' }, async ({ path, caller, event }) => {
  const { found, etag } = await readReservation(deployedStore(), caller.tenant, path.reservationId);
  const tags = tagsOf(event.headers['if-match']);
  const stillMatches = tags === undefined || tags === 'any' || tags.includes(etag);
  await cancelReservation({ tenant: caller.tenant, found, stillMatches }, deployedStore());
  return { status: 200, body: { status: 'ok', reservation_id: found.id, state: 'cancelled' } };
});
