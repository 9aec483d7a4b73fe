import * as z from 'zod';
import { callers } from '#domain/access/callers.ts';
import { readReservation } from '#domain/read-reservation.ts';
import { endpoint } from '#lib/endpoint.ts';
import { store } from '#lib/store.ts';

const path = z.strictObject({ reservationId: z.string().max(64) });

/** One reservation, readable from the moment of its answer, with the state of its payment. */
export const handler = endpoint({ path, callers }, async ({ path, caller }) => {
  const { etag, body } = await readReservation(store(), caller.tenant, path.reservationId);
  return { status: 200, etag, body };
});
