import { endpointOf } from '#lib/env.ts';
import { httpOutside } from '#lib/http-outside.ts';
import { lazySecrets } from '#lib/lazy-secrets.ts';
import { once } from '#lib/once.ts';
import { store } from '#lib/store.ts';
import { askedSystem } from '#systems/asked-system.ts';
import clearinghouse from '#systems/clearinghouse.json' with { type: 'json' };
import { clearinghouseOn } from './payments/clearinghouse.ts';
import { paymentsOn } from './payments/payments.ts';
import { type SettlePayment, settlePayment } from './payments/settle-payment.ts';
import { parking } from './publishing/parking.ts';
import { bookingsOn } from './reservations/bookings.ts';

/** What the settling worker works with, made at first use: the slots it compares with, the payments, and the clearinghouse. */
export const settlement = /* @__PURE__ */ once(() => {
  const { table, clock } = store();
  const outside = httpOutside({ clock, endpoint: endpointOf, secrets: lazySecrets });
  const tools = {
    holds: bookingsOn({ table, clock }),
    payments: paymentsOn({ table, clock }),
    clearinghouse: clearinghouseOn(outside, askedSystem(clearinghouse)),
    clock,
  };
  return { settle: (message: SettlePayment) => settlePayment(message, tools), park: parking() };
});
