import type { Store } from '#lib/aws/table.ts';
import { canonical, digest } from '#lib/ids.ts';
import { findReservation } from './find-reservation.ts';
import { readPayment } from './payments/payments.ts';
import { reservationView } from './reservation-view.ts';

/**
 * A reservation with its payment state: pre-authorised until the first settling has written one.
 */
export async function readReservation(store: Store, tenant: string, id: string) {
  const found = await findReservation(store, tenant, id);
  const payment = await readPayment(store, tenant, found.hold);
  const body = { ...reservationView(found), payment: { state: payment?.state ?? 'authorized' } };
  return { found, etag: digest(canonical(body)), body };
}
