import { subjectsOf } from '#domain/syncs/change.ts';
import type { Sync } from '#domain/syncs/sync.ts';
import type { BatchItem, Pinned } from '#systems/protocol.ts';

/** Streams a pinned batch; `spend` counts the bytes read. */
export type Items = (pinned: Pinned, spend: (bytes: number) => void) => AsyncIterable<BatchItem>;
/** Limits of reading batches. */
export type Bounds = { items: number; bytes: number };
/**
 * Subjects shared with an earlier sync, `through` its id: how many, and up to five examples (names
 * of fields, or ids of items).
 */
export type Common = { through: string; subjects: number; examples: string[] };
type Found = Map<number, Omit<Common, 'through'>>;

const mostExamples = 5;

/** A limit was reached. */
class TooMuch extends Error {}

/**
 * Collects the subjects of a sync and of every later sync that shares one. Two batches share item
 * ids alone; any other two share subject fields of their payloads.
 */
export function touchedFrom(first: Sync, items: Items, most: Bounds) {
  const members: Sync[] = [];
  const fields = { single: new Map<string, number>(), batch: new Map<string, number>() };
  const ids = new Map<string, number>();
  let unread: number[] = [];
  const read = { items: 0, bytes: 0 };

  function add(sync: Sync, itsIds?: string[]): void {
    const place = members.push(sync) - 1;
    const kept = sync.batch ? fields.batch : fields.single;
    for (const subject of subjectsOf(sync).keys()) if (!kept.has(subject)) kept.set(subject, place);
    for (const id of itsIds ?? []) if (!ids.has(id)) ids.set(id, place);
    if (sync.batch && !itsIds) unread.push(place);
  }

  async function idsOf({ batch }: Sync): Promise<string[]> {
    const found: string[] = [];
    const spend = (bytes: number) => {
      read.bytes += bytes;
    };
    for await (const { id } of batch ? items(batch, spend) : []) {
      found.push(id);
      // The unpacked size is only known while reading.
      if (read.bytes > most.bytes) throw new TooMuch();
    }
    read.items += found.length;
    return found;
  }

  /** Read on demand, when another batch is compared with them. */
  async function readMembers(): Promise<void> {
    for (const place of unread)
      for (const id of await idsOf(members[place] as Sync)) if (!ids.has(id)) ids.set(id, place);
    unread = [];
  }

  /** Whether the packed size alone exceeds the limit. */
  function isTooMuch(other: Sync): boolean {
    const toRead = [other, ...unread.map((place) => members[place] as Sync)].flatMap(
      ({ batch }) => batch ?? [],
    );
    const sum = (of: (batch: Pinned) => number) => toRead.reduce((total, batch) => total + of(batch), 0);
    return (
      read.items + sum(({ count }) => count) > most.items ||
      read.bytes + sum(({ bytes }) => bytes) > most.bytes
    );
  }

  /** The item ids of a batch to compare. */
  async function idsToCompare(other: Sync): Promise<string[] | 'unknown'> {
    if (isTooMuch(other)) return 'unknown';
    try {
      await readMembers();
      return await idsOf(other);
    } catch (error) {
      if (error instanceof TooMuch) return 'unknown';
      throw error;
    }
  }

  add(first);
  return {
    /**
     * Compares a later sync, and adds it if it shares a subject. `unknown`: a limit was reached.
     */
    async meet(other: Sync): Promise<Common | 'unknown' | undefined> {
      const found: Found = new Map();
      for (const [subject, field] of subjectsOf(other)) {
        const places = [fields.single.get(subject), other.batch ? undefined : fields.batch.get(subject)];
        const [place] = places.filter((one) => one !== undefined).sort((a, b) => a - b);
        if (place !== undefined) note(found, place, field);
      }
      const compared = other.batch !== undefined && members.some(({ batch }) => batch);
      const itsIds = compared ? await idsToCompare(other) : undefined;
      if (itsIds === 'unknown') return 'unknown';
      for (const id of itsIds ?? []) if (ids.has(id)) note(found, ids.get(id) as number, id);
      if (found.size === 0) return undefined;
      const place = Math.min(...found.keys());
      add(other, itsIds);
      return { through: members[place]?.syncId ?? '', ...(found.get(place) as Omit<Common, 'through'>) };
    },
  };
}

function note(found: Found, place: number, example: string): void {
  const { subjects, examples } = found.get(place) ?? { subjects: 0, examples: [] };
  found.set(place, {
    subjects: subjects + 1,
    examples: examples.length < mostExamples ? [...examples, example] : examples,
  });
}
