import { endpointOf, setting } from '#lib/env.ts';
import { httpOutside } from '#lib/http-outside.ts';
import { newId } from '#lib/ids.ts';
import { lazySecrets } from '#lib/lazy-secrets.ts';
import { once } from '#lib/once.ts';
import { store } from '#lib/store.ts';
import { askedSystem } from '#systems/asked-system.ts';
import clearinghouse from '#systems/clearinghouse.json' with { type: 'json' };
import eligibility from '#systems/eligibility.json' with { type: 'json' };
import { authorization } from './payments/authorization.ts';
import { clearinghouseOn } from './payments/clearinghouse.ts';
import { eligibilityOf } from './reservations/check-eligibility.ts';
import { slotsOn } from './reservations/slots.ts';

/** What the doors of every version hand to `reserveSlot`: the slots, the two checks and the time, made at first use. */
export const desk = /* @__PURE__ */ once(() => {
  const { table, clock } = store();
  const outside = httpOutside({ clock, endpoint: endpointOf, secrets: lazySecrets });
  const leaseMs = setting('LEASE_SECONDS') * 1000;
  const checks = {
    eligibility: eligibilityOf(outside, askedSystem(eligibility)),
    payment: authorization(clearinghouseOn(outside, askedSystem(clearinghouse))),
  };
  return { slots: slotsOn({ table, clock }, { ms: leaseMs }), checks, clock, newId, leaseMs };
});
