import type { BatchItem, Pinned } from '#systems/contract.ts';
import { subjectsOf } from './subjects.ts';
import type { Sync } from './sync.ts';

/** Streams a pinned batch. */
export type Items = (pinned: Pinned) => AsyncIterable<BatchItem>;
/** What a sync has in common with one before it, by its token: how many subjects, and up to five of them: names of fields, or ids of items. */
export type Common = { through: string; subjects: number; examples: string[] };
type Found = Map<number, Omit<Common, 'through'>>;

const mostExamples = 5;

/**
 * The subjects that a sync has touched, and then those which came later and met it. Two batches meet in the ids of their items and in nothing else; any
 * other two in the subject fields of their payloads. `mostItems`: so many items are read at most.
 */
export function touchedFrom(first: Sync, items: Items, mostItems: number) {
  const members: Sync[] = [];
  const fields = { single: new Map<string, number>(), batch: new Map<string, number>() };
  const ids = new Map<string, number>();
  let unread: number[] = [];
  let read = 0;

  function add(sync: Sync, itsIds?: string[]): void {
    const place = members.push(sync) - 1;
    const kept = sync.batch ? fields.batch : fields.single;
    for (const subject of subjectsOf(sync).keys()) if (!kept.has(subject)) kept.set(subject, place);
    for (const id of itsIds ?? []) if (!ids.has(id)) ids.set(id, place);
    if (sync.batch && !itsIds) unread.push(place);
  }

  async function idsOf({ batch }: Sync): Promise<string[]> {
    const found: string[] = [];
    if (batch) for await (const { id } of items(batch)) found.push(id);
    read += found.length;
    return found;
  }

  /** Only where another batch has come to be compared with them. */
  async function readMembers(): Promise<void> {
    for (const place of unread) for (const id of await idsOf(members[place] as Sync)) if (!ids.has(id)) ids.set(id, place);
    unread = [];
  }

  const costs = (other: Sync): number => unread.reduce((sum, place) => sum + (members[place]?.batch?.count ?? 0), other.batch?.count ?? 0);

  add(first);
  return {
    /** Compares a later one, and takes it in where it meets anything. `unknown`: more items would have to be read than anybody waits for. */
    async meet(other: Sync): Promise<Common | 'unknown' | undefined> {
      const found: Found = new Map();
      for (const [subject, field] of subjectsOf(other)) {
        const places = [fields.single.get(subject), other.batch ? undefined : fields.batch.get(subject)];
        const [place] = places.filter((one) => one !== undefined).sort((a, b) => a - b);
        if (place !== undefined) note(found, place, field);
      }
      const compared = other.batch !== undefined && members.some(({ batch }) => batch);
      if (compared && read + costs(other) > mostItems) return 'unknown';
      if (compared) await readMembers();
      const itsIds = compared ? await idsOf(other) : undefined;
      for (const id of itsIds ?? []) if (ids.has(id)) note(found, ids.get(id) as number, id);
      if (found.size === 0) return undefined;
      const place = Math.min(...found.keys());
      add(other, itsIds);
      return { through: members[place]?.token ?? '', ...(found.get(place) as Omit<Common, 'through'>) };
    },
  };
}

function note(found: Found, place: number, example: string): void {
  const { subjects, examples } = found.get(place) ?? { subjects: 0, examples: [] };
  found.set(place, { subjects: subjects + 1, examples: examples.length < mostExamples ? [...examples, example] : examples });
}
