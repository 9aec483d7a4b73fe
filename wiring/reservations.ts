import { eligibilityOf } from '#domain/reservations/check-eligibility.ts';
import { authorization } from '#domain/reservations/payments/authorization.ts';
import { clearinghouseOn } from '#domain/reservations/payments/clearinghouse.ts';
import { paymentsOn } from '#domain/reservations/payments/payments.ts';
import { bookedSlotsOn } from '#domain/reservations/slots/booked-slots.ts';
import { slotsOn } from '#domain/reservations/slots/slots.ts';
import { setting } from '#lib/env.ts';
import { newId } from '#lib/ids.ts';
import { once } from '#lib/once.ts';
import { askedSystem } from '#systems/asked-system.ts';
import clearinghouse from '#systems/clearinghouse.json' with { type: 'json' };
import eligibility from '#systems/eligibility.json' with { type: 'json' };
import { deployedOutside, deployedStore, type Platform } from './platform.ts';

type Reserving = Pick<Platform, 'table' | 'clock' | 'newId' | 'outside' | 'settings'>;
type Settling = Pick<Platform, 'table' | 'clock' | 'outside'>;

/** The tools of `reserveSlot`: the slots, the two checks, and the lease. */
export function reservingToolsOn({ table, clock, newId, outside, settings }: Reserving) {
  const leaseMs = settings('LEASE_SECONDS') * 1000;
  const checks = {
    eligibility: eligibilityOf(outside, askedSystem(eligibility)),
    payment: authorization(clearinghouseOn(outside, askedSystem(clearinghouse))),
  };
  return { slots: slotsOn({ table, clock }, { ms: leaseMs }), checks, clock, newId, leaseMs };
}

/**
 * The tools of `settlePayment`: the slots to compare with, the payments, and the clearinghouse.
 */
export const settlingToolsOn = ({ table, clock, outside }: Settling) => ({
  holds: bookedSlotsOn({ table, clock }),
  payments: paymentsOn({ table, clock }),
  clearinghouse: clearinghouseOn(outside, askedSystem(clearinghouse)),
  clock,
});

export const reservingTools = /* @__PURE__ */ once(() =>
  reservingToolsOn({ ...deployedStore(), newId, outside: deployedOutside(), settings: setting }),
);
export const settlingTools = /* @__PURE__ */ once(() =>
  settlingToolsOn({ ...deployedStore(), outside: deployedOutside() }),
);
