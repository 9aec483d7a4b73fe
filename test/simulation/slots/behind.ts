import { boardOn } from '#domain/board/board.ts';
import { keepSlotList } from '#domain/board/keep-slot-list.ts';
import { type SettlePayment, settlePayment } from '#domain/payments/settle-payment.ts';
import { keepReservation } from '#domain/reservations/keep-reservation.ts';
import type { SlotData } from '#events/slot-data.ts';
import type { Behind } from '#test/simulation/engine/cloud.ts';
import { settlingToolsOn } from '#wiring/reservations.ts';

/** The settling of payments, and what is built from slots' events. */
export const behind: Behind = {
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
        return boardOn(on).keep(tenant, { slot, v, site, taken: state === 'booked' });
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
