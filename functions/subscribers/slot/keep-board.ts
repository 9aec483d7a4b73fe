import { boardOn } from '#domain/board/board.ts';
import { slotSubscriber } from '#wiring/subscribers.ts';

/** Keeps the dashboard's counts of free and taken slots. */
export const handler = slotSubscriber('slot/keep-board', (store, { tenant, v, data }) =>
  boardOn(store).keep(tenant, { slot: data.slot_id, v, site: data.site, taken: data.state === 'booked' }),
);
