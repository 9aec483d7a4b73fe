import type { Item, Page } from '#lib/aws/table.ts';

/** Reads per answer: a filter that drops nearly all items gives a short page and a cursor. */
const mostPages = 20;

/** Fills one answer of at most `limit` items from as many pages of the table as it takes. */
export async function paged(
  limit: number,
  after: string | undefined,
  read: (limit: number, after: string | undefined) => Promise<Page>,
  pages = mostPages,
): Promise<Page> {
  const items: Item[] = [];
  let last = after;
  for (let page = 0; page < pages; page++) {
    const { items: more, last: next } = await read(Math.max(limit, 50), last);
    items.push(...more);
    if (items.length > limit || (items.length === limit && next)) {
      const kept = items.slice(0, limit);
      return { items: kept, last: (kept.at(-1) as Item).sk };
    }
    last = next;
    if (!next) return { items };
  }
  return last ? { items, last } : { items };
}
