import type { Decision, IndexQuery, Page, Put, Query, Table } from './table.ts';

/**
 * A table whose items are added and read, never changed. It has no other method, so a door cannot
 * be granted more.
 */
export interface AppendOnly {
  appendItem(put: Put): Promise<Decision>;
  /** Query of the table, strongly consistent. */
  queryPages(query: Query): Promise<Page>;
  /** Query of the index Recorded, eventually consistent. */
  queryRecorded(query: Omit<IndexQuery, 'index'>): Promise<Page>;
}

/** The append-only side of a table. */
export const appendOnly = (rows: Table): AppendOnly => ({
  appendItem: (put) => rows.putItem(put),
  queryPages: (query) => rows.queryItems(query),
  queryRecorded: (query) => rows.queryIndex({ ...query, index: 'Recorded' }),
});
