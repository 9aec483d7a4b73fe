import type { Clock } from '#lib/clock.ts';
import type { Totals } from '#systems/protocol.ts';
import {
  type Answer,
  type Arrival,
  type Call,
  type Order,
  type Part,
  rules,
  type Traits,
} from './change-rules.ts';
import { type Chunks, fate, listed, most, type Standing, standing, sum, told } from './chunks.ts';

/**
 * One change, or the tombstone of one that never arrived. `calls`: every call; `batch`: the totals
 * of the whole batch, if it came in chunks.
 */
type Entry = Part & {
  token: string;
  calls: { at: number; call: Call; chunk?: number; answer: Answer }[];
  chunks: Chunks;
  batch?: Totals;
};

/**
 * The books of an office that takes part in syncs: one entry per token. They know no HTTP, and the
 * time is handed in.
 */
export function changeBooks({ clock, ...traits }: Traits & { clock: Clock }) {
  const entries = new Map<string, Entry>();

  const answer = (call: Call, token: string, asked: Order & Arrival) => {
    const now = clock.now();
    const entry = entries.get(token) ?? fresh(token);
    entries.set(token, entry);
    const { chunk } = asked;
    const part = lapsing(chunk === undefined ? entry : chunkOf(entry, chunk), now);
    if (asked.batch) entry.batch = asked.batch;
    const answer = rules[call](part, { arrivedAt: now, ...asked, now }, traits);
    entry.calls.push({ at: now, call, ...(chunk !== undefined && { chunk }), answer });
    write(part, answer, asked);
    // A rollback of an unknown change leaves a tombstone, unless this office keeps none.
    if ('refused' in answer && answer.refused === 'not-found' && traits.tombstone !== false)
      bury(part, asked);
    return answer;
  };
  const current = () => [...entries.values()].map((entry) => lapsed(entry, clock.now()));

  return {
    prepare: (token: string, order: Order, arrival: Arrival = {}) =>
      answer('prepare', token, { ...order, ...arrival }),
    commit: (token: string, order: Order = {}, arrival: Arrival = {}) =>
      answer('commit', token, { ...order, ...arrival }),
    rollback: (token: string, arrival: Arrival = {}, order: Order = {}) =>
      answer('rollback', token, { ...order, ...arrival }),
    /** The state of a change; a query leaves no trace. */
    query(token: string): Standing {
      const entry = entries.get(token);
      if (!entry) return 'absent';
      const now = lapsed(entry, clock.now());
      return now.chunks.size > 0 ? told(now) : now.state;
    },
    entries: () => structuredClone(current().map(shown)),
    /** How often an item of a batch was loaded, and how often reversed. */
    item: (token: string, id: string) => ({
      token,
      id,
      ...fate(entries.get(token)?.chunks ?? new Map(), id),
    }),
    /** The sum of everything that is committed now, in US dollars. */
    total() {
      const cents = current().map(
        (entry) =>
          (entry.state === 'committed' ? Math.round((entry.delta_usd ?? 0) * 100) : 0) +
          standsOf(entry).amount_minor,
      );
      return cents.reduce((all, one) => all + one, 0) / 100;
    },
  };
}

const none = () => ({
  state: 'absent' as const,
  effects: { prepare: 0, commit: 0, rollback: 0, release: 0 },
});
const fresh = (token: string): Entry => ({ token, ...none(), calls: [], chunks: new Map() });

function chunkOf({ chunks }: Entry, index: number): Part {
  const chunk = chunks.get(index) ?? none();
  chunks.set(index, chunk);
  return chunk;
}

function lapsing<T extends Part>(part: T, now: number): T {
  if (part.state === 'reserved' && part.until !== undefined && part.until < now) part.state = 'absent';
  return part;
}

function lapsed(entry: Entry, now: number): Entry {
  for (const part of entry.chunks.values()) lapsing(part, now);
  return lapsing(entry, now);
}

function write(part: Part, answer: Answer, { delta_usd, goods }: Order) {
  if ('refused' in answer || !answer.did) return;
  part.state = answer.state;
  part.effects[answer.did] += 1;
  if (answer.until !== undefined) part.until = answer.until;
  if (delta_usd !== undefined) part.delta_usd = delta_usd;
  if (goods !== undefined) part.goods = { ...part.goods, ...goods };
}

/** The tombstone of a chunk keeps the chunk's totals. */
function bury(part: Part, { goods }: Order) {
  part.state = 'rolled-back';
  if (goods !== undefined) part.goods = goods;
}

/** The part of a batch that is committed now. */
const standsOf = (entry: Entry): Totals =>
  sum([entry, ...entry.chunks.values()].filter(({ state }) => state === 'committed'));

/**
 * An entry as `GET /books` shows it: for a batch, the count of its committed items, and its chunks
 * if it came in chunks.
 */
function shown(entry: Entry) {
  const { goods, chunks, batch, ...rest } = entry;
  if (chunks.size === 0)
    return { ...rest, state: entry.state as Standing, ...(goods && { items: standsOf(entry) }) };
  return {
    ...rest,
    state: standing(entry),
    effects: most(chunks),
    items: standsOf(entry),
    chunks: listed(chunks),
  };
}
