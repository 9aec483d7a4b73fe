import { keepReservation } from '#domain/reservations/reservation-record.ts';
import { slotSubscriber } from '#wiring/subscribers.ts';

/** Keeps each reservation's own record, which outlives the slot's memory of it. */
export const handler = slotSubscriber('slot/keep-reservation', (store, { tenant, v, data }) =>
  keepReservation(store, tenant, v, data),
);
