import { type IndexName, indexes } from '#lib/aws/indexes.ts';
import type { IndexQuery, Item, Key } from '#lib/aws/table.ts';
import { orderOfText } from './comparison.ts';
import { validation } from './validation.ts';

export type Indexes = ReturnType<typeof indexesInMemory>;
const all = Object.keys(indexes) as IndexName[];

/** The attributes that make up the key of an index. */
export const keyOf = (name: IndexName): string[] =>
  [indexes[name].partition, indexes[name].order].filter((word) => word !== undefined);

/** What an item shows in an index, by the name of the index; it is absent where the item is not in it. */
export const projections = (item: Item | undefined): Partial<Record<IndexName, Item>> =>
  Object.fromEntries(
    all
      .filter((name) => keyOf(name).every((word) => item?.[word] !== undefined))
      .map((name) => [name, projected(name, item as Item)]),
  );

function projected(name: IndexName, item: Item): Item {
  const shown = ['pk', 'sk', ...keyOf(name), ...indexes[name].shows];
  return Object.fromEntries(
    shown.filter((word) => item[word] !== undefined).map((word) => [word, item[word]]),
  ) as Item;
}

/** DynamoDB takes no item whose attribute of an index's key has another type, nor an empty one, whatever else the item is. */
export function refuseMistyped(item: Item): void {
  for (const { partition, order } of all.map((name) => indexes[name])) {
    const [text, number] = [item[partition], order && item[order]];
    if (text !== undefined && (typeof text !== 'string' || text === ''))
      throw validation(`Type mismatch for Index Key ${partition}`);
    if (number !== undefined && typeof number !== 'number')
      throw validation(`Type mismatch for Index Key ${order}`);
  }
}

/** The indexes of a table in memory, all on every table: their attributes tell them apart. They never lag, which DynamoDB's may. */
export function indexesInMemory() {
  const partitions = new Map<string, Map<string, Item>>();
  const nameOf = ({ pk, sk }: Key) => JSON.stringify([pk, sk]);
  const place = (name: IndexName, value: unknown) => JSON.stringify([name, value]);

  return {
    set(before: Item | undefined, after: Item): void {
      for (const name of all) {
        const { partition } = indexes[name];
        if (before?.[partition] !== undefined)
          partitions.get(place(name, before[partition]))?.delete(nameOf(before));
      }
      for (const [name, row] of Object.entries(projections(after))) {
        const at = place(name as IndexName, row[indexes[name as IndexName].partition]);
        partitions.set(at, (partitions.get(at) ?? new Map<string, Item>()).set(nameOf(row), row));
      }
    },

    /** A partition's rows in the order of the index, from behind a page's last on. */
    *rows(
      name: IndexName,
      {
        pk,
        before = Number.POSITIVE_INFINITY,
        after,
        backwards,
      }: Pick<IndexQuery, 'pk' | 'before' | 'after' | 'backwards'>,
    ): Generator<Item> {
      const start = after === undefined ? undefined : (JSON.parse(after) as Item);
      const sign = backwards ? -1 : 1;
      const rows = [...(partitions.get(place(name, pk))?.values() ?? [])].sort(
        (a, b) => sign * orderIn(name, a, b),
      );
      for (const row of rows) {
        if (Number(row.due ?? 0) >= before) continue;
        if (!start || sign * orderIn(name, row, start) > 0) yield row;
      }
    },
  };
}

/** Where a page of an index ended. */
export const placeOf = (name: IndexName, item: Item): string =>
  JSON.stringify(Object.fromEntries(['pk', 'sk', ...keyOf(name)].map((word) => [word, item[word]])));

const orderIn = (name: IndexName, a: Item, b: Item) => {
  const { order } = indexes[name];
  return (
    (order ? Number(a[order]) - Number(b[order]) : 0) || orderOfText(a.pk, b.pk) || orderOfText(a.sk, b.sk)
  );
};
