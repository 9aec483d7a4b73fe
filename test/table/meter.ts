import type { Decision, IndexQuery, Item, Key, Page, Query, Table } from '#lib/aws/table.ts';
import { type Timeline, timeline } from './timeline.ts';
import { indexUnits, readUnits, writeUnits } from './units.ts';

/** A table that can also be read without a call, as the one in memory can. */
type Visible = Table & { peek(key: Key): Item | undefined };
export type Tally = { calls: number; writeUnits: number; readUnits: number };
export type Meter = Table & {
  total(): Tally;
  /** Counts by the label of the call. A transaction's writes count under their own labels. */
  byLabel(): ReadonlyMap<string, Tally>;
  /** Writes by partition key, which shows hot partitions. */
  byPartition(): ReadonlyMap<string, number>;
  /** Calls in a row; concurrent ones are one hop. */
  hops(): number;
  /** The labels on the timeline, in the order of the calls' beginnings. */
  labels(): string[];
  /**
   * Puts a call to another system on the same timeline. It counts as a hop, not as a call of the
   * table.
   */
  outside<T>(call: () => Promise<T>, label?: string): Promise<T>;
  reset(): void;
};

/**
 * Counts what DynamoDB would bill, and the hops. It wraps the table in memory directly, because a
 * write is billed for the item before it too.
 */
export function meter(table: Visible): Meter {
  const line = timeline();
  const counted = tallies();
  return {
    ...metered(table, line, counted),
    total: counted.total,
    byLabel: counted.byLabel,
    byPartition: counted.byPartition,
    hops: line.hops,
    labels: () => line.calls().map(({ label }) => label),
    outside: (call, label = 'outside') => line.record(label, call),
    reset() {
      line.reset();
      counted.reset();
    },
  };
}

function metered(table: Visible, line: Timeline, counted: Tallies): Table {
  const call = <T>(labels: string[], run: () => Promise<T>): Promise<T> => {
    counted.call(labels);
    return line.record(labels.join(' + '), run);
  };
  const decide = async (label: string, key: Key, run: () => Promise<Decision>) => {
    const before = table.peek(key);
    const decision = await run();
    counted.wrote(
      label,
      key,
      writeUnits(before, decision.item) + (decision.accepted ? indexUnits(before, decision.item) : 0),
    );
    return decision;
  };

  /** Reads without strong consistency cost half. */
  const paged = <Q extends Query | IndexQuery>(query: Q, run: (query: Q) => Promise<Page>, share: 1 | 2) =>
    call([query.label], async () => {
      const [page, read] = await Promise.all([run(query), run(unfiltered(query))]);
      counted.read(query.label, readUnits(read.items) / share);
      return page;
    });

  return {
    getItem: (key, label = 'get') =>
      call([label], async () => {
        const item = await table.getItem(key, label);
        counted.read(label, readUnits(item ? [item] : []));
        return item;
      }),
    batchGetItems: (keys, label) =>
      call([label], async () => {
        const items = await table.batchGetItems(keys, label);
        // Each read is rounded up by itself, also of a missing item.
        for (const item of items) counted.read(label, readUnits(item ? [item] : []));
        return items;
      }),
    updateItem: (write) =>
      call([write.label], () => decide(write.label, write.key, () => table.updateItem(write))),
    putItem: (put) => call([put.label], () => decide(put.label, put.item, () => table.putItem(put))),
    queryItems: (query) => paged(query, (asked) => table.queryItems(asked), 1),
    queryIndex: (query) => paged(query, (asked) => table.queryIndex(asked), 2),
    transactWriteItems: (writes) =>
      call(
        writes.map(({ label }) => label),
        async () => {
          const befores = writes.map(({ key }) => table.peek(key));
          const decided = table.transactWriteItems(writes);
          // Read before any other write; a transaction is billed twice, for prepare and commit.
          const units = writes.map(({ key }, at) => {
            const after = table.peek(key);
            return 2 * writeUnits(befores[at], after) + indexUnits(befores[at], after);
          });
          const accepted = await decided;
          for (const [at, { label, key }] of writes.entries()) counted.wrote(label, key, units[at]!);
          return accepted;
        },
      ),
  };
}

/** A filter saves nothing, since dropped rows were read. */
function unfiltered<Q extends Query | IndexQuery>(query: Q): Q {
  const { filter: _filter, names: _names, values: _values, ...rest } = query;
  return rest as Q;
}

type Tallies = ReturnType<typeof tallies>;

function tallies() {
  const [labels, partitions] = [new Map<string, Tally>(), new Map<string, number>()];
  const nothing = (): Tally => ({ calls: 0, writeUnits: 0, readUnits: 0 });
  let total = nothing();

  const count = (label: string, what: keyof Tally, by: number) => {
    const tally = labels.get(label) ?? nothing();
    tally[what] += by;
    labels.set(label, tally);
    if (what !== 'calls') total[what] += by;
  };

  return {
    /** Counts one call under each of its labels. */
    call(under: string[]) {
      total.calls += 1;
      for (const label of new Set(under)) count(label, 'calls', 1);
    },
    read: (label: string, units: number) => count(label, 'readUnits', units),
    wrote(label: string, { pk }: Key, units: number) {
      count(label, 'writeUnits', units);
      partitions.set(pk, (partitions.get(pk) ?? 0) + 1);
    },
    total: (): Tally => ({ ...total }),
    byLabel: () => labels,
    byPartition: () => partitions,
    reset() {
      labels.clear();
      partitions.clear();
      total = nothing();
    },
  };
}
