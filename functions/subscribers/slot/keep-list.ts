import { keepSlotList } from '#domain/reservations/slots/slot-list.ts';
import { slotSubscriber } from '#wiring/subscribers.ts';

/** Keeps the list that `GET /slots` reads. */
export const handler = slotSubscriber('slot/keep-list', (store, { tenant, v, data }) =>
  keepSlotList(store, tenant, v, data),
);
