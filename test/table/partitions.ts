import type { Item, Key } from '#lib/aws/table.ts';
import { orderOfText } from './comparison.ts';

export type Partitions = ReturnType<typeof partitions>;
type Partition = { items: Map<string, Item>; sorted: string[] | undefined };

/** The items by partition; a partition is sorted when it is read. */
export function partitions() {
  const all = new Map<string, Partition>();

  return {
    get: ({ pk, sk }: Key): Item | undefined => all.get(pk)?.items.get(sk),

    set(item: Item): void {
      let partition = all.get(item.pk);
      if (partition === undefined) {
        partition = { items: new Map(), sorted: [] };
        all.set(item.pk, partition);
      }
      if (!partition.items.has(item.sk)) partition.sorted = appended(partition.sorted, item.sk);
      partition.items.set(item.sk, item);
    },

    /** The items in sort-key order: from this key on, or after it. */
    *from(pk: string, sk: string, { behind = false }: { behind?: boolean } = {}): Generator<Item> {
      const partition = all.get(pk);
      if (partition === undefined) return;
      partition.sorted ??= [...partition.items.keys()].sort(orderOfText);
      for (let at = indexOf(partition.sorted, sk, behind); at < partition.sorted.length; at++)
        yield partition.items.get(partition.sorted[at]!)!;
    },

    *items(): Generator<Item> {
      for (const { items } of all.values()) yield* items.values();
    },
  };
}

/** Most rows arrive in order; others make the next query sort. */
function appended(sorted: string[] | undefined, sk: string): string[] | undefined {
  const last = sorted?.at(-1);
  if (sorted === undefined || (last !== undefined && orderOfText(last, sk) > 0)) return undefined;
  sorted.push(sk);
  return sorted;
}

function indexOf(sorted: string[], sk: string, behind: boolean): number {
  let [from, to] = [0, sorted.length];
  while (from < to) {
    const middle = (from + to) >>> 1;
    const order = orderOfText(sorted[middle]!, sk);
    if (order < 0 || (behind && order === 0)) from = middle + 1;
    else to = middle;
  }
  return from;
}
