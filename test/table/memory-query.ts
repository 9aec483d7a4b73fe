import type { Item, Page, Query } from '#lib/table.ts';
import { itemSize } from './item-size.ts';
import type { Partitions } from './partitions.ts';
import { bind, conditionOf } from './plan.ts';
import { validation } from './validation.ts';

const pageBytes = 1024 * 1024;

/** One page: it ends after `limit` rows or a megabyte, counted before the filter, and then says where, even if nothing follows. */
export function queryPage(query: Query, stored: Partitions): Page {
  const { pk, prefix = '', after = '', limit = Number.POSITIVE_INFINITY } = query;
  if (pk === '' || limit < 1) throw validation('A query needs a partition, and a limit of 1 or more');
  if (after !== '' && !after.startsWith(prefix)) throw validation('The starting key is outside the query');
  const passes = filterOf(query);

  const items: Item[] = [];
  let [rows, bytes] = [0, 0];
  const read = after === '' ? stored.from(pk, prefix) : stored.from(pk, after, { behind: true });
  for (const item of read) {
    if (!item.sk.startsWith(prefix)) break;
    if (passes(item)) items.push(item);
    rows += 1;
    bytes += itemSize(item);
    if (rows >= limit || bytes >= pageBytes) return { items, last: item.sk };
  }
  return { items };
}

function filterOf(query: Query): (item: Item) => boolean {
  if (!query.filter) {
    bind(query);
    return () => true;
  }
  const filter = conditionOf(query.filter);
  const bound = bind(query, filter);
  for (const word of filter.names) if (['pk', 'sk'].includes(bound.names?.[word] ?? word)) throw validation('A filter cannot name the key');
  return (item) => filter.test({ item, ...bound });
}
