import { Problem } from '#lib/problem.ts';
import { type Refusal, unpack } from './settled-requests.ts';
import { room, type Slot } from './slot.ts';

/** The stored outcome of a reservation, which each API version renders in its own words. */
export type Booked = { hold: string; at?: number; brand?: string };
export type HoldOutcome = { booked: Booked; replayed: boolean } | { problem: Problem };

/** The caller and its attempt. */
export type HoldClaim = { holder: string; request: string; hold: string; brand?: string; now: number };

/** The answer after a failed condition, from the returned item alone. */
export function holdOutcomeOf(slot: Slot | undefined, mine: HoldClaim): HoldOutcome {
  if (!slot) return { problem: new Problem('not-found', { detail: 'There is no such slot.' }) };
  return settledBefore(slot, mine) ?? standsByMe(slot, mine) ?? { problem: inTheWay(slot, mine) };
}

/** The refusal of a check, first or repeated: its text depends on the stored refusal alone. */
export const checkRefused = (refused: Refusal): Problem =>
  new Problem('check-refused', { detail: `Refused: ${refused}. Try another slot.` });

const reused = () => ({
  problem: new Problem('idempotency-key-reused', { detail: 'Use a new key for a new request.' }),
});

function settledBefore(slot: Slot, mine: HoldClaim): HoldOutcome | undefined {
  const packed = slot.past[mine.holder];
  if (!packed) return undefined;
  const settled = unpack(packed);
  if (settled.request !== mine.request) return reused();
  if ('refused' in settled) return { problem: checkRefused(settled.refused) };
  return { booked: { hold: settled.hold, ...(settled.brand && { brand: settled.brand }) }, replayed: true };
}

function standsByMe(slot: Slot, mine: HoldClaim): HoldOutcome | undefined {
  if (slot.holder !== mine.holder || !slot.hold || lapsed(slot, mine.now)) return undefined;
  if (slot.request !== mine.request) return reused();
  if (slot.state === 'booked') return { booked: { hold: slot.hold, ...slot.outcome }, replayed: true };
  return { problem: new Problem('request-in-progress', { retryAfter: secondsLeft(slot, mine.now) }) };
}

function inTheWay(slot: Slot, mine: HoldClaim): Problem {
  const busy = slot.state !== 'free' && !lapsed(slot, mine.now);
  if (busy)
    return new Problem('slot-taken', {
      detail: 'Try another slot.',
      retryAfter: secondsLeft(slot, mine.now),
    });
  if (mine.brand && slot.brands && !slot.brands.includes(mine.brand)) return new Problem('brand-not-offered');
  if (slot.full !== undefined && slot.full >= mine.now)
    return new Problem('slot-history-full', { retryAfter: seconds(slot.full - mine.now) });
  if ((slot.open?.size ?? 0) >= room.open) return new Problem('slot-unsettled', { retryAfter: 5 });
  return new Problem('hold-lost', { retryAfter: 1 });
}

const lapsed = (slot: Slot, now: number): boolean => slot.state === 'held' && (slot.until ?? 0) < now;
const secondsLeft = (slot: Slot, now: number): number | undefined =>
  slot.state === 'held' ? seconds((slot.until ?? now) - now) : undefined;
const seconds = (ms: number): number => Math.max(1, Math.ceil(ms / 1000));
