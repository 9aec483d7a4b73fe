import * as z from 'zod';
import { readReservation } from '#domain/reservations/read-reservation.ts';
import { endpoint } from '#lib/http/endpoint.ts';
import { callers } from '#wiring/access.ts';
import { deployedStore } from '#wiring/platform.ts';

const path = z.strictObject({ reservationId: z.string().max(64) });

/** One reservation, readable from the moment of its answer, with the state of its payment. */
export const handler = endpoint({ path, callers }, async ({ path, caller }) => {
  const { etag, body } = await readReservation(deployedStore(), caller.tenant, path.reservationId);
  return { status: 200, etag, body };
});
