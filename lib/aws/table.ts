import type { IndexName } from './indexes.ts';

/**
 * One DynamoDB table with plain values and one item per write; a refused write returns the item.
 * Expressions write an attribute as `#name` and a value as `:name`. `#name` is the attribute of
 * that name; `names` is only for names that are data (`#past.#mine` with `names: { mine: keyHash
 * }`).
 * Values are plain JavaScript: string, number, boolean, null, array, object, `Set<string>` (a
 * string set), `Uint8Array` (binary). As in DynamoDB an empty set does not exist: removing its
 * last element removes the attribute.
 */
export type Key = { pk: string; sk: string };
export type Item = Key & { [attribute: string]: unknown };

type Bindings = { names?: Record<string, string>; values?: Record<string, unknown> };
/**
 * One conditional write. `label` names it in logs, metrics and planned faults (`hold`, `confirm`).
 */
export type Write = Bindings & { label: string; key: Key; update: string; condition: string };
export type Put = Bindings & { label: string; item: Item; condition: string };
/**
 * One page of one partition, in sort-key order.
 * `after`: the `last` of the page before. `filter`: applied after `limit` rows were read.
 * `backwards`: from the last to the first.
 * `before`: in the index Open, only items whose `due` is earlier.
 * A partition of an index is every item with the same value of its attribute, such as `openShard`;
 * items without the attribute are not in it. lib/aws/indexes.ts lists the attributes that it
 * shows.
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

/**
 * `accepted`: the item after the write. Otherwise: the item when the condition failed, undefined
 * if there was none.
 */
export type Decision = { accepted: true; item: Item } | { accepted: false; item: Item | undefined };

/**
 * A failure that is no answer of DynamoDB (throttled, timed out, unreachable) is thrown as an
 * outage; the caller retries.
 */
export interface Table {
  /** Strongly consistent. */
  getItem(key: Key, label?: string): Promise<Item | undefined>;
  /**
   * BatchGetItem in one call, each item strongly consistent. The result follows the order of the
   * keys, undefined for an absent item.
   */
  batchGetItems(keys: Key[], label: string): Promise<(Item | undefined)[]>;
  /**
   * UpdateItem with `ReturnValues: ALL_NEW` and `ReturnValuesOnConditionCheckFailure: ALL_OLD`.
   */
  updateItem(write: Write): Promise<Decision>;
  /** PutItem under a condition; the same answer. */
  putItem(put: Put): Promise<Decision>;
  /** Query of the table, strongly consistent. */
  queryItems(query: Query): Promise<Page>;
  /** Query of an index, eventually consistent. */
  queryIndex(query: IndexQuery): Promise<Page>;
  /**
   * TransactWriteItems: all of the updates or none. False when a condition failed. A conflict with
   * another transaction is thrown.
   */
  transactWriteItems(writes: Write[]): Promise<boolean>;
}

/** The arguments of a store: `slotsOn({ table, clock })`. */
export type Store = { table: Table; clock: { now(): number } };
