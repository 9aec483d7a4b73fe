import type { Decision, IndexQuery, Item, Key, Page, Put, Query, Table, Write } from '#lib/aws/table.ts';
import { indexesInMemory, refuseMistyped } from './indexes.ts';
import { queryPage } from './memory-query.ts';
import { partitions } from './partitions.ts';
import { bind, conditionOf, updateOf } from './plan.ts';
import { applyUpdate } from './update.ts';
import { validation } from './validation.ts';
import { copy, freeze } from './values.ts';

/** `peek` and `items` read what is stored, without a call: for assertions and meters. */
export type MemoryTable = Table & { peek(key: Key): Item | undefined; items(): Iterable<Item> };
export type Options = {
  /** Called on every accepted write, in order, as the table's stream delivers them. */
  onWrite?: (image: Item, key: Key, before: Item | undefined) => void;
  /**
   * Returns the stored items themselves, frozen, instead of copies, for simulators with millions
   * of calls.
   */
  frozen?: boolean;
};
type Change = { key: Key; before: Item | undefined; after: Item };

/**
 * DynamoDB's table in memory, with its answers and its refusals (ValidationException); each call
 * decides when it is made. Left out: limits on sizes (see `itemSize`), and list indexes in paths,
 * which are refused.
 */
export function memoryTable({ onWrite, frozen = false }: Options = {}): MemoryTable {
  const stored = partitions();
  const indexes = indexesInMemory();
  const given: <T>(value: T) => T = frozen ? freeze : copy;

  function commit(changes: Change[]): void {
    for (const { before, after } of changes) {
      stored.set(frozen ? freeze(after) : after);
      indexes.set(before, after);
    }
    if (onWrite)
      for (const { key, before, after } of changes)
        onWrite(given(after), { pk: key.pk, sk: key.sk }, before && given(before));
  }

  function decide(change: Change | undefined, before: Item | undefined): Decision {
    if (change === undefined) return { accepted: false, item: before && given(before) };
    commit([change]);
    return { accepted: true, item: given(change.after) };
  }

  async function page(query: Query | IndexQuery): Promise<Page> {
    const { items, last } = queryPage(query, stored, indexes);
    return last === undefined ? { items: items.map(given) } : { items: items.map(given), last };
  }

  return {
    async getItem(key) {
      const item = stored.get(checked(key));
      return item && given(item);
    },
    async batchGetItems(keys) {
      const items = keys.map((key) => stored.get(checked(key)));
      return items.map((item) => item && given(item));
    },
    async updateItem(write) {
      const before = stored.get(checked(write.key));
      return decide(updated(write, before), before);
    },
    async putItem(put) {
      const before = stored.get(checked(put.item));
      return decide(replaced(put, before), before);
    },
    queryItems: page,
    queryIndex: page,
    async transactWriteItems(writes) {
      refuseTwice(writes);
      const befores = writes.map(({ key }) => stored.get(checked(key)));
      // A failed condition takes precedence over another write's mistake, so all conditions are
      // decided first.
      if (!writes.every((write, at) => holds(write, befores[at]))) return false;
      commit(writes.map((write, at) => updated(write, befores[at])).filter((change) => change !== undefined));
      return true;
    },
    peek: (key) => stored.get(key),
    items: stored.items,
  };
}

const absent = Object.freeze({});

function updated(write: Write, before: Item | undefined): Change | undefined {
  const [update, condition] = [updateOf(write.update), conditionOf(write.condition)];
  const scope = { item: before ?? absent, ...bind(write, update, condition) };
  refuseKeys(update.paths, scope.names);
  if (!condition.test(scope)) return undefined;
  if (before === undefined && !update.actions.some(({ creates }) => creates))
    throw validation('An update that only removes creates no item');
  const { pk, sk } = write.key;
  const after = applyUpdate(update, scope, before ?? { pk, sk });
  refuseMistyped(after);
  return { key: write.key, before, after };
}

function holds(write: Write, before: Item | undefined): boolean {
  const [update, condition] = [updateOf(write.update), conditionOf(write.condition)];
  return condition.test({ item: before ?? absent, ...bind(write, update, condition) });
}

function replaced(put: Put, before: Item | undefined): Change | undefined {
  const condition = conditionOf(put.condition);
  const [scope, after] = [{ item: before ?? absent, ...bind(put, condition) }, copy(put.item)];
  refuseMistyped(after);
  return condition.test(scope) ? { key: put.item, before, after } : undefined;
}

function refuseKeys(
  paths: readonly (readonly string[])[],
  names: Readonly<Record<string, string>> | undefined,
): void {
  for (const [word] of paths) {
    const name = names?.[word!] ?? word;
    if (name === 'pk' || name === 'sk') throw validation(`Part of the key cannot be updated: ${name}`);
  }
}

function checked(key: Key): Key {
  if (typeof key.pk !== 'string' || typeof key.sk !== 'string' || key.pk === '' || key.sk === '')
    throw validation('A key is two strings, not empty');
  return key;
}

function refuseTwice(writes: Write[]): void {
  const keys = new Set(writes.map(({ key }) => JSON.stringify([key.pk, key.sk])));
  if (keys.size < writes.length || writes.length === 0 || writes.length > 100)
    throw validation('A transaction is 1 to 100 writes, each to another item');
}
