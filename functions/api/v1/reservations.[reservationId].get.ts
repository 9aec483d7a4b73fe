import * as z from 'zod';
import { readReservation } from '#domain/reservations/read-reservation.ts';
import { exampleReservation, reservationAnswer } from '#domain/reservations/reservation-answer.ts';
import type { Declaration } from '#lib/http/declaration.ts';
import { tenantDoor } from '#wiring/access.ts';
import { deployedStore } from '#wiring/platform.ts';

const path = z.strictObject({ reservationId: z.string().max(64) });

export const api = {
  summary: 'Read a reservation',
  path,
  example: exampleReservation,
  answers: { 200: reservationAnswer },
  problems: ['not-found'],
} satisfies Declaration;

/** One reservation with the state of its payment, readable as soon as it was made. */
export const handler = tenantDoor<typeof api>({ path }, async ({ path, caller }) => {
  const { etag, body } = await readReservation(deployedStore(), caller.tenant, path.reservationId);
  return { status: 200, etag, body };
});
