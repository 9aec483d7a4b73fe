import { keepReservation } from '#domain/reservations/reservation-record.ts';
import { slotSubscriber } from '#wiring/subscribers.ts';

/** Keeps the record of each reservation, which outlives the slot's own memory of it. */
export const handler = slotSubscriber('slot/keep-reservation', (store, { tenant, v, data }) =>
  keepReservation(store, tenant, v, data),
);
