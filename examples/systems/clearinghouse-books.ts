import type { Clock } from '#lib/clock.ts';

type State = 'unknown' | 'authorized' | 'captured' | 'refunded' | 'voided' | 'declined';
type Settling = 'capture' | 'void' | 'refund';
type Call = 'authorize' | Settling;
type Order = { amount: number; currency: string; notAfter: number };
type Refusal = State | 'too-late' | 'mismatch' | 'expired';
/** `effect` is false for a repeat. */
type Answer = { state: State; effect: boolean } | { refused: Refusal };

/**
 * One authorisation, or the tombstone of one that never arrived. `effects` counts what moved
 * money, `calls` lists every call.
 */
type Entry = {
  key: string;
  state: State;
  expired?: true;
  amount?: number;
  currency?: string;
  effects: Record<Call, number>;
  calls: { at: number; call: Call; answer: Answer }[];
};

/**
 * The next state of each call by state. An absent call is refused; one that keeps the state is a
 * repeat.
 */
const moves: Record<Settling, Partial<Record<State, State>>> = {
  capture: { authorized: 'captured', captured: 'captured' },
  // A void of an unknown authorisation is remembered, so that a late authorize finds it.
  void: { authorized: 'voided', voided: 'voided', declined: 'voided', unknown: 'voided' },
  refund: { captured: 'refunded', refunded: 'refunded' },
};

/**
 * The Payment Clearinghouse's books: idempotent by key, with tombstones. They know no HTTP, and
 * the time is handed in.
 */
export function clearinghouseBooks({ clock }: { clock: Clock }) {
  const entries = new Map<string, Entry>();

  const entryOf = (key: string) => {
    const entry = entries.get(key) ?? fresh(key);
    entries.set(key, entry);
    return entry;
  };
  const move = (call: Settling, key: string) => {
    const entry = entryOf(key);
    return record(entry, call, settlement(entry, call), clock.now());
  };

  return {
    /** `arrivedAt`: when the request arrived, if the clearinghouse acts on it later. */
    authorize(key: string, order: Order, arrivedAt = clock.now()): Answer {
      const entry = entryOf(key);
      const answer = authorization(entry, order, arrivedAt);
      if (!('refused' in answer)) Object.assign(entry, { amount: order.amount, currency: order.currency });
      return record(entry, 'authorize', answer, clock.now());
    },
    capture: (key: string) => move('capture', key),
    void: (key: string) => move('void', key),
    refund: (key: string) => move('refund', key),

    /**
     * The bank refuses: this authorisation is refused from now on, unless it was granted before.
     */
    decline(key: string) {
      const entry = entryOf(key);
      if (entry.state === 'unknown') entry.state = 'declined';
    },
    /** Blocks this authorisation for new calls; a repeat still gets its answer. */
    expire(key: string) {
      entryOf(key).expired = true;
    },
    /** Ends the block. */
    renew(key: string): State {
      const entry = entryOf(key);
      delete entry.expired;
      return entry.state;
    },

    entries: (): Entry[] => structuredClone([...entries.values()]),
  };
}

function authorization(entry: Entry, { amount, currency, notAfter }: Order, arrivedAt: number): Answer {
  if (entry.state === 'authorized' || entry.state === 'captured') {
    const same = entry.amount === amount && entry.currency === currency;
    return same ? { state: entry.state, effect: false } : { refused: 'mismatch' };
  }
  if (entry.state !== 'unknown') return { refused: entry.state };
  return arrivedAt > notAfter ? { refused: 'too-late' } : { state: 'authorized', effect: true };
}

function settlement({ state, expired }: Entry, call: Settling): Answer {
  const next = moves[call][state];
  if (!next) return { refused: state };
  const effect = next !== state;
  return effect && expired ? { refused: 'expired' } : { state: next, effect };
}

const fresh = (key: string): Entry => ({
  key,
  state: 'unknown',
  effects: { authorize: 0, capture: 0, void: 0, refund: 0 },
  calls: [],
});

function record(entry: Entry, call: Call, answer: Answer, at: number) {
  entry.calls.push({ at, call, answer });
  if ('refused' in answer) return answer;
  entry.state = answer.state;
  if (answer.effect) entry.effects[call] += 1;
  return answer;
}
