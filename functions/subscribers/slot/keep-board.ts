import { siteCountsOn } from '#domain/reservations/slots/site-counts.ts';
import { slotSubscriber } from '#wiring/subscribers.ts';

/** Keeps the dashboard's counts of free and taken slots. */
export const handler = slotSubscriber('slot/keep-board', (store, { tenant, v, data }) =>
  siteCountsOn(store).keep(tenant, {
    slot: data.slot_id,
    v,
    site: data.site,
    taken: data.state === 'booked',
  }),
);
