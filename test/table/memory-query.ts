import type { IndexQuery, Item, Page, Query } from '#lib/aws/table.ts';
import { orderOfText } from './comparison.ts';
import { type Indexes, keyOf, placeOf } from './indexes.ts';
import { itemSize } from './item-size.ts';
import type { Partitions } from './partitions.ts';
import { bind, conditionOf } from './plan.ts';
import { validation } from './validation.ts';

const pageBytes = 1024 * 1024;

/** A query of the table, or of the index that it names. */
type AnyQuery = Query & Partial<IndexQuery>;

/**
 * One page. It ends after `limit` rows or a megabyte before the filter, and then has `last`, even
 * if nothing follows.
 */
export function queryPage(query: AnyQuery, stored: Partitions, indexes: Indexes): Page {
  const { limit = Number.POSITIVE_INFINITY } = query;
  refuse(query);
  const passes = filterOf(query);

  const items: Item[] = [];
  let [rows, bytes] = [0, 0];
  for (const item of query.index ? indexes.rows(query.index, query) : inPartition(query, stored)) {
    if (passes(item)) items.push(item);
    rows += 1;
    bytes += itemSize(item);
    if (rows >= limit || bytes >= pageBytes)
      return { items, last: query.index ? placeOf(query.index, item) : item.sk };
  }
  return { items };
}

function refuse({ pk, prefix = '', after = '', limit, index, before }: AnyQuery): void {
  if (pk === '' || (limit !== undefined && limit < 1))
    throw validation('A query needs a partition, and a limit of 1 or more');
  if (index ? prefix !== '' : before !== undefined)
    throw validation('The table has no due, and its indexes no prefix');
  if (after !== '' && !after.startsWith(prefix)) throw validation('The starting key is outside the query');
}

function* inPartition(query: Query, stored: Partitions): Generator<Item> {
  if (query.backwards) return yield* backwards(query, stored);
  const { pk, prefix = '', after = '' } = query;
  for (const item of after === '' ? stored.from(pk, prefix) : stored.from(pk, after, { behind: true })) {
    if (!item.sk.startsWith(prefix)) return;
    yield item;
  }
}

function* backwards({ pk, prefix = '', after = '' }: Query, stored: Partitions): Generator<Item> {
  const items = [...inPartition({ label: '', pk, prefix }, stored)];
  const from = after === '' ? items.length : items.findIndex(({ sk }) => orderOfText(sk, after) >= 0);
  yield* items.slice(0, from < 0 ? items.length : from).reverse();
}

function filterOf(query: AnyQuery): (item: Item) => boolean {
  if (!query.filter) {
    bind(query);
    return () => true;
  }
  const filter = conditionOf(query.filter);
  const bound = bind(query, filter);
  const key = query.index ? keyOf(query.index) : ['pk', 'sk'];
  for (const word of filter.names)
    if (key.includes(bound.names?.[word] ?? word)) throw validation('A filter cannot name the key');
  return (item) => filter.test({ item, ...bound });
}
