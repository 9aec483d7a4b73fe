import { type IndexName, indexes } from '#lib/aws/indexes.ts';
import type { IndexQuery, Item, Key } from '#lib/aws/table.ts';
import { orderOfText } from './comparison.ts';
import { validation } from './validation.ts';

export type Indexes = ReturnType<typeof indexesInMemory>;
const all = Object.keys(indexes) as IndexName[];

/** The attributes of an index's key. */
export const keyOf = (name: IndexName): string[] =>
  [indexes[name].partition, indexes[name].order].filter((word) => word !== undefined);

/** An item's rows in the indexes, by name; absent where the item is not in the index. */
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

/** DynamoDB refuses an item whose index attribute has another type or is empty. */
export function refuseMistyped(item: Item): void {
  for (const { partition, order } of all.map((name) => indexes[name])) {
    const [text, number] = [item[partition], order && item[order]];
    if (text !== undefined && (typeof text !== 'string' || text === ''))
      throw validation(`Type mismatch for Index Key ${partition}`);
    if (number !== undefined && typeof number !== 'number')
      throw validation(`Type mismatch for Index Key ${order}`);
  }
}

/** The indexes of the table in memory, on every table. Unlike DynamoDB's, they never lag. */
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

    /** A partition's rows in the order of the index, after the last row of a page. */
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

/** The end of a page in an index. */
export const placeOf = (name: IndexName, item: Item): string =>
  JSON.stringify(Object.fromEntries(['pk', 'sk', ...keyOf(name)].map((word) => [word, item[word]])));

const orderIn = (name: IndexName, a: Item, b: Item) => {
  const { order } = indexes[name];
  return (
    (order ? Number(a[order]) - Number(b[order]) : 0) || orderOfText(a.pk, b.pk) || orderOfText(a.sk, b.sk)
  );
};
