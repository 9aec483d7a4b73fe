import type { Item, Page, Table } from './table.ts';

/**
 * Stores a row made from an event. Promises: nothing newer is there, so that an event which comes
 * twice or late changes nothing.
 */
export async function keepNewest(
  { table }: { table: Pick<Table, 'putItem'> },
  label: string,
  row: Item & { v: number },
): Promise<void> {
  const condition = 'attribute_not_exists(#pk) OR #v < :v';
  await table.putItem({ label, item: row, condition, values: { v: row.v } });
}

/** Every item of a query, page after page. `read` gets where a page begins. */
export async function* everyItem(read: (from: { after?: string }) => Promise<Page>): AsyncGenerator<Item> {
  let last: string | undefined;
  do {
    const page = await read(last ? { after: last } : {});
    yield* page.items;
    last = page.last;
  } while (last);
}

/**
 * Writes under a condition until a write stands. `write` reads, decides and writes, and returns
 * false where another write came between. Throws `outage` if that happens five times.
 */
export async function untilWritten<T>(write: () => Promise<T | false>, outage: string): Promise<T> {
  for (let attempt = 0; attempt < 5; attempt++) {
    const written = await write();
    if (written !== false) return written;
  }
  throw new Error(outage);
}
