import type { Clock } from '#lib/clock.ts';
import type { Totals } from '#systems/protocol.ts';
import type { Brought, Refusal } from './brought.ts';
import type { Kind, Named } from './names.ts';

export type Answer = { accepted: Totals & { sequence: string } } | Refusal;
type Call = 'commit' | 'rollback';
type Known = { digest: string; answer: Answer };

/**
 * One sync, or the tombstone of one whose file never came. A file that is still being written is
 * not visible here, so nothing is ever reserved.
 */
type Entry = {
  token: string;
  state: 'absent' | 'committed' | 'rolled-back';
  voided: boolean;
  effects: { prepare: 0; commit: number; rollback: number; release: 0 };
  calls: { at: number; call: Call | 'void'; answer?: Answer }[];
  /** The booked files, by kind. */
  known: Partial<Record<Kind, Known>>;
  load?: Brought;
};

const dayMs = 86_400_000;

/**
 * The books of the mainframe: the effect of each whole file, and the answer to it. They know no
 * files, and the time is handed in.
 */
export function mainframeBooks({ clock }: { clock: Clock }) {
  const entries = new Map<string, Entry>();
  /** The sync that used a sequence number. */
  const sequences = new Map<string, string>();
  const entryOf = (key: string): Entry => {
    const entry = entries.get(key) ?? fresh(key);
    entries.set(key, entry);
    return entry;
  };

  return {
    /** `refuse`: refuses this file, unless it was already booked; `item`: the item to blame. */
    enter(
      name: Named,
      file: Brought | Refusal,
      { refuse, item }: { refuse?: boolean; item?: string | undefined } = {},
    ): Answer {
      const entry = entryOf(name.key);
      const objection = refuse ? { refused: 'declined', ...(item !== undefined && { item }) } : undefined;
      const answer =
        'refused' in file ? file : judged(entry, { name, file, objection, now: clock.now(), sequences });
      entry.calls.push({ at: clock.now(), call: name.kind === 'LOAD' ? 'commit' : 'rollback', answer });
      return answer;
    },
    /** The answer that accepted a file of this name; it is never changed. */
    accepted: ({ key, kind }: Pick<Named, 'key' | 'kind'>): Answer | undefined =>
      entries.get(key)?.known[kind]?.answer,
    /** Writes a tombstone: the file can no longer be booked, unless it is booked already. */
    bury(key: string) {
      const entry = entryOf(key);
      entry.voided = true;
      entry.calls.push({ at: clock.now(), call: 'void' });
      if (entry.state === 'absent') entry.state = 'rolled-back';
    },
    query: (key: string): Entry['state'] => entries.get(key)?.state ?? 'absent',
    entries: () => [...entries.values()].map(shown),
    sequences: () => Object.fromEntries(sequences),
    /** How often an item was really loaded, and how often reversed. */
    item(key: string, id: string) {
      const { load, effects } = entries.get(key) ?? fresh(key);
      const has = load?.items.has(id) ?? false;
      return { token: key, id, loaded: has ? effects.commit : 0, reversed: has ? effects.rollback : 0 };
    },
  };
}

const fresh = (token: string): Entry => ({
  token,
  state: 'absent',
  voided: false,
  effects: { prepare: 0, commit: 0, rollback: 0, release: 0 },
  calls: [],
  known: {},
});

/** An entry as `GET /books` shows it, with the count of its committed items. */
function shown({ known: _, load, voided: __, ...entry }: Entry) {
  const { count, amount_minor } =
    entry.state === 'committed' && load ? load.totals : { count: 0, amount_minor: 0 };
  return structuredClone({
    ...entry,
    ...(load && { sequence: load.sequence }),
    items: { count, amount_minor },
  });
}

type Case = {
  name: Named;
  file: Brought;
  objection: Refusal | undefined;
  now: number;
  sequences: Map<string, string>;
};

/** A booked file always gets the same answer. Another file under its name is refused. */
function judged(entry: Entry, asked: Case): Answer {
  const { name, file } = asked;
  const known = entry.known[name.kind];
  if (file.token !== name.token || file.kind !== name.kind) return { refused: 'mismatch' };
  if (known) return known.digest === file.digest ? known.answer : { refused: 'mismatch' };
  const answer = name.kind === 'LOAD' ? load(entry, asked) : reverse(entry, asked);
  // A refused file is not booked: when it comes again, it is judged again.
  if ('accepted' in answer) entry.known[name.kind] = { digest: file.digest, answer };
  return answer;
}

function load(entry: Entry, { file, objection, now, sequences }: Case): Answer {
  const user = sequences.get(file.sequence);
  if (entry.voided) return { refused: 'voided' };
  if (user !== undefined && user !== entry.token) return { refused: 'sequence-taken' };
  if (now - file.created > dayMs) return { refused: 'stale' };
  if (objection) return objection;
  sequences.set(file.sequence, entry.token);
  entry.state = 'committed';
  entry.effects.commit += 1;
  entry.load = file;
  return accepted(file);
}

/** A reversal negates the amounts of a load, and may be as old as that load. */
function reverse(entry: Entry, { file, objection }: Case): Answer {
  const { load } = entry;
  if (!load) {
    // A reversal without a load leaves a tombstone, so that a late load is refused.
    entry.voided = true;
    entry.state = 'rolled-back';
    return { refused: 'not-found' };
  }
  const other = [...file.items].find(([id, amount]) => load.items.get(id) !== 0 - amount);
  if (other) return { refused: 'mismatch', item: other[0] };
  if (file.totals.count !== load.totals.count) return { refused: 'mismatch' };
  if (objection) return objection;
  entry.state = 'rolled-back';
  entry.effects.rollback += 1;
  return accepted(file);
}

const accepted = ({ totals, sequence }: Brought): Answer => ({ accepted: { ...totals, sequence } });
