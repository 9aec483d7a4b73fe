import type { Clock } from '#lib/clock.ts';
import { type Answer, type Arrival, type Call, type Entry, type Order, rules, type State, type Traits } from './change-rules.ts';

/** The books of an office that takes part in changes: one entry per token, without HTTP and with the time it is given. */
export function changeBooks({ clock, ...traits }: Traits & { clock: Clock }) {
  const entries = new Map<string, Entry>();

  const answer = (call: Call, token: string, asked: Order & Arrival) => {
    const now = clock.now();
    const entry = lapsing(entries.get(token) ?? fresh(token), now);
    entries.set(token, entry);
    const answer = rules[call](entry, { arrivedAt: now, ...asked, now }, traits);
    entry.calls.push({ at: now, call, answer });
    write(entry, answer, asked);
    // Without a tombstone it forgets what it was told about a change that it never saw.
    if ('refused' in answer && answer.refused === 'not-found' && traits.tombstone !== false) entry.state = 'rolled-back';
    return answer;
  };

  return {
    prepare: (token: string, order: Order, arrival: Arrival = {}) => answer('prepare', token, { ...order, ...arrival }),
    commit: (token: string, order: Order = {}, arrival: Arrival = {}) => answer('commit', token, { ...order, ...arrival }),
    rollback: (token: string, arrival: Arrival = {}) => answer('rollback', token, arrival),
    /** Where the change stands with them; asking leaves no trace. */
    query(token: string): State {
      const entry = entries.get(token);
      return entry ? lapsing(entry, clock.now()).state : 'absent';
    },
    entries: (): Entry[] => structuredClone([...entries.values()].map((entry) => lapsing(entry, clock.now()))),
    /** In US dollars, of everything that is committed now. */
    total() {
      const committed = [...entries.values()].filter(({ state }) => state === 'committed');
      return committed.reduce((cents, { delta_usd = 0 }) => cents + Math.round(delta_usd * 100), 0) / 100;
    },
  };
}

const fresh = (token: string): Entry => ({
  token,
  state: 'absent',
  effects: { prepare: 0, commit: 0, rollback: 0, release: 0 },
  calls: [],
});

function lapsing(entry: Entry, now: number) {
  if (entry.state === 'reserved' && entry.until !== undefined && entry.until < now) entry.state = 'absent';
  return entry;
}

function write(entry: Entry, answer: Answer, { delta_usd }: Order) {
  if ('refused' in answer || !answer.did) return;
  entry.state = answer.state;
  entry.effects[answer.did] += 1;
  if (answer.until !== undefined) entry.until = answer.until;
  if (delta_usd !== undefined) entry.delta_usd = delta_usd;
}
