import type { Item, Key, Query } from '#lib/table.ts';
import { orderOfText } from './comparison.ts';
import { validation } from './validation.ts';

export type OpenIndex = ReturnType<typeof openIndex>;

/** What an item of the index holds; undefined where the item is not in it. */
export function projected(item: Item | undefined): Item | undefined {
  if (item?.openShard === undefined || item.due === undefined) return undefined;
  const { pk, sk, openShard, due, epoch, state, waits } = item;
  const entries = Object.entries({ pk, sk, openShard, due, epoch, state, waits }).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as Item;
}

/** DynamoDB takes no item whose attribute of an index's key has another type, nor an empty one, whatever else the item is. */
export function refuseMistyped({ openShard, due }: Item): void {
  if (openShard !== undefined && (typeof openShard !== 'string' || openShard === ''))
    throw validation('Type mismatch for Index Key openShard');
  if (due !== undefined && typeof due !== 'number') throw validation('Type mismatch for Index Key due');
}

/** The index Open in memory. It never lags, which DynamoDB's may. */
export function openIndex() {
  const shards = new Map<unknown, Map<string, Item>>();
  const nameOf = ({ pk, sk }: Key) => JSON.stringify([pk, sk]);

  return {
    set(before: Item | undefined, after: Item): void {
      if (before?.openShard !== undefined) shards.get(before.openShard)?.delete(nameOf(before));
      const row = projected(after);
      if (!row) return;
      const shard = shards.get(row.openShard) ?? new Map<string, Item>();
      shards.set(row.openShard, shard.set(nameOf(row), row));
    },

    /** A shard's rows in the order of `due`, from behind a page's last on. */
    *rows({ pk, before = Number.POSITIVE_INFINITY, after }: Query): Generator<Item> {
      const start = after === undefined ? undefined : (JSON.parse(after) as Item);
      for (const row of [...(shards.get(pk)?.values() ?? [])].sort(order)) {
        if (Number(row.due) >= before) return;
        if (!start || order(row, start) > 0) yield row;
      }
    },
  };
}

/** Where a page of the index ended. */
export const placeOf = ({ pk, sk, openShard, due }: Item): string => JSON.stringify({ pk, sk, openShard, due });

const order = (a: Item, b: Item) => Number(a.due) - Number(b.due) || orderOfText(a.pk, b.pk) || orderOfText(a.sk, b.sk);
