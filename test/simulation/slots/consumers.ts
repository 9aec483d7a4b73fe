import { type SettlePayment, settlePayment } from '#domain/reservations/payments/settle-payment.ts';
import { keepReservation } from '#domain/reservations/reservation-record.ts';
import { siteCountsOn } from '#domain/reservations/slots/site-counts.ts';
import { keepSlotList } from '#domain/reservations/slots/slot-list.ts';
import type { SlotData } from '#events/slot-data.ts';
import type { Behind } from '#test/simulation/engine/cloud.ts';
import { settlingToolsOn } from '#wiring/reservations.ts';

/** The worker that settles payments, and the subscribers to slots' events. */
export const consumers: Behind = {
  workers: {
    'payment.settle': {
      process: 'settle',
      run: (message: SettlePayment, on) => settlePayment(message, settlingToolsOn(on)),
    },
  },
  subscribers: [
    {
      process: 'keep-board',
      hears: 'slot.',
      run({ tenant, v, data }, on) {
        const { slot_id: slot, site, state } = data as SlotData;
        return siteCountsOn(on).keep(tenant, { slot, v, site, taken: state === 'booked' });
      },
    },
    {
      process: 'keep-list',
      hears: 'slot.',
      run: ({ tenant, v, data }, on) => keepSlotList(on, tenant, v, data as SlotData),
    },
    {
      process: 'keep-reservation',
      hears: 'slot.',
      run: ({ tenant, v, data }, on) => keepReservation(on, tenant, v, data as SlotData),
    },
  ],
};
