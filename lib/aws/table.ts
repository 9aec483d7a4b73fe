import type { IndexName } from './indexes.ts';

/**
 * One DynamoDB table as this product uses it: plain values, one item per write, and a refused write brings the item back.
 *
 * In every expression an attribute is written `#name` and a value `:name`. `#name` stands for the attribute of that name; `names` is only
 * for the ones whose name is data (`#past.#mine` with `names: { mine: keyHash }`).
 * Values are plain JavaScript: string, number, boolean, null, array, object, `Set<string>` (a string set), `Uint8Array` (binary).
 * As in DynamoDB an empty set does not exist: taking its last element removes the attribute.
 */
export type Key = { pk: string; sk: string };
export type Item = Key & { [attribute: string]: unknown };

type Bindings = { names?: Record<string, string>; values?: Record<string, unknown> };
/** One conditional write. `label` names it for logs, meters and planned faults (`hold`, `confirm`). */
export type Write = Bindings & { label: string; key: Key; update: string; condition: string };
export type Put = Bindings & { label: string; item: Item; condition: string };
/**
 * One page of one partition, in sort-key order. `after` is the `last` of the page before; `filter` is applied after `limit` rows were read.
 * `backwards`: from the last to the first. In an index a partition is every item with the same value of the index's own attribute, such as `openShard`,
 * in the order that the index has, if any; in the index Open that is `due` (a number), and `before` leaves out what is due then or later. What lacks such
 * an attribute is not in the index; what is shows its key, those attributes, and what lib/aws/indexes.ts says.
 */
export type Query = Bindings & {
  label: string;
  pk: string;
  prefix?: string;
  after?: string;
  limit?: number;
  filter?: string;
  backwards?: boolean;
};
export type IndexQuery = Omit<Query, 'prefix'> & { index: IndexName; before?: number };
export type Page = { items: Item[]; last?: string };

/** `accepted`: the item after the write. Not accepted: the item as it stood when the condition failed, absent if there was none. */
export type Decision = { accepted: true; item: Item } | { accepted: false; item: Item | undefined };

/** Anything that is not an answer of DynamoDB's (throttled, timed out, away) is thrown: an outage, and somebody else's to retry. */
export interface Table {
  /** Strongly consistent. */
  getItem(key: Key, label?: string): Promise<Item | undefined>;
  /** Several at once, in one call, each strongly consistent; in the order of the keys, undefined where there is none. */
  batchGetItems(keys: Key[], label: string): Promise<(Item | undefined)[]>;
  /** UpdateItem with `ReturnValues: ALL_NEW` and `ReturnValuesOnConditionCheckFailure: ALL_OLD`. */
  updateItem(write: Write): Promise<Decision>;
  /** PutItem under a condition; the same answer. */
  putItem(put: Put): Promise<Decision>;
  /** Query of the table, strongly consistent. */
  queryItems(query: Query): Promise<Page>;
  /** Query of an index: a page may lag behind what was written. */
  queryIndex(query: IndexQuery): Promise<Page>;
  /** TransactWriteItems: all of the updates or none. False when a condition failed. A conflict with another transaction is thrown. */
  transactWriteItems(writes: Write[]): Promise<boolean>;
}

/** What a store is made of: `slotsOn({ table, clock })`. */
export type Store = { table: Table; clock: { now(): number } };
