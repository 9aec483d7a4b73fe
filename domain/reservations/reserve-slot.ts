import type { Clock } from '#lib/clock.ts';
import { Problem } from '#lib/problem.ts';
import { reservationId } from './reservation-id.ts';
import { checkRefused, type HoldOutcome } from './slots/hold-outcome.ts';
import type { Refusal } from './slots/settled-requests.ts';
import type { ReserveSlot, Slot } from './slots/slot.ts';
import type { Slots } from './slots/slots.ts';

/**
 * Input of a check: the command, the slot as it was held, and until when (ms) a call may be sent.
 */
export type Attempt = { command: ReserveSlot; hold: string; slot: Slot; notAfter: number };
/** True is a yes, false is a definite no; an unknown outcome is thrown. */
export type Check = (attempt: Attempt) => Promise<boolean>;
export type Checks = Record<'eligibility' | 'payment', Check>;
export type Reservation = { id: string; brand?: string; replayed: boolean };

type Tools = { slots: Slots; checks: Checks; clock: Clock; newId: () => string; leaseMs: number };

/**
 * Holds, checks in parallel, confirms. A refusal is remembered on the slot; an outage is not, so
 * the same key may retry.
 */
export async function reserveSlot(
  command: ReserveSlot,
  { slots, checks, clock, newId, leaseMs }: Tools,
): Promise<Reservation> {
  const begun = clock.now();
  const held = await slots.hold(command, newId(), begun);
  if ('answer' in held) return told(command, held.answer);
  const { hold } = held;

  // Counted from before the slot was read: a process frozen past its lease sends nothing. Every
  // call in flight is awaited.
  const attempt: Attempt = { command, hold: hold.id, slot: hold.slot, notAfter: begun + leaseMs };
  const [eligibility, payment] = await Promise.allSettled([
    checks.eligibility(attempt),
    checks.payment(attempt),
  ]);

  const refused = refusal(eligibility, payment);
  if (refused) throw await letGo(slots.release(hold, refused), checkRefused(refused));
  const outage = [eligibility, payment].find((check) => check.status === 'rejected');
  if (outage)
    throw await letGo(
      slots.release(hold),
      new Problem('check-unavailable', { retryAfter: 1, cause: outage.reason }),
    );
  return told(command, await slots.confirm(hold));
}

function refusal(
  eligibility: PromiseSettledResult<boolean>,
  payment: PromiseSettledResult<boolean>,
): Refusal | undefined {
  const no = (check: PromiseSettledResult<boolean>) => check.status === 'fulfilled' && !check.value;
  if (no(eligibility) && no(payment)) return 'eligibility and payment';
  if (no(eligibility)) return 'eligibility';
  return no(payment) ? 'payment' : undefined;
}

/**
 * The problem to return after a release; if the hold was no longer ours, the slot's own answer.
 */
async function letGo(releasing: ReturnType<Slots['release']>, ours: Problem): Promise<Problem> {
  const released = await releasing;
  if ('released' in released) return ours;
  return 'problem' in released ? released.problem : new Problem('request-in-progress', { retryAfter: 1 });
}

function told({ tenant: _, slot }: ReserveSlot, answer: HoldOutcome): Reservation {
  if ('problem' in answer) throw answer.problem;
  const { hold, brand } = answer.booked;
  return { id: reservationId(slot, hold), ...(brand && { brand }), replayed: answer.replayed };
}
