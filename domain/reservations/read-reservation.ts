import { readPayment } from '#domain/payments/read-payment.ts';
import { canonical, digest } from '#lib/ids.ts';
import type { Store } from '#lib/table.ts';
import { findReservation } from './find-reservation.ts';
import { reservationView } from './reservation-view.ts';

/** A reservation with what its payment has come to: pre-authorised until the first settling has written something. */
export async function readReservation(store: Store, tenant: string, id: string) {
  const found = await findReservation(store, tenant, id);
  const payment = await readPayment(store, tenant, found.hold);
  const body = { ...reservationView(found), payment: { state: payment?.state ?? 'authorized' } };
  return { found, etag: digest(canonical(body)), body };
}
