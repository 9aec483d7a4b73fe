import type { Decision, Item, Table } from '#lib/aws/table.ts';
import { itemSize } from '#table/item-size.ts';
import type { MemoryTable } from '#table/memory-table.ts';

/**
 * One call to AWS or to an outside system: the rounds between which it ran, and the write units
 * that DynamoDB bills.
 */
export type Metered = {
  to: 'table' | 'outside';
  label: string;
  begun: number;
  ended: number;
  writeUnits: number;
};

/**
 * Counts calls in rounds. Concurrent calls end in the same round, so the number of rounds is the
 * number of hops in a row.
 */
export function meter() {
  const calls: Metered[] = [];
  let round = 0;
  let turn: Promise<void> | undefined;

  const nextRound = () => {
    turn ??= new Promise((done) =>
      setImmediate(() => {
        turn = undefined;
        round += 1;
        done();
      }),
    );
    return turn;
  };

  return {
    calls,
    rounds: () => round,
    labels: (to?: Metered['to']) => calls.filter((call) => !to || call.to === to).map(({ label }) => label),
    writeUnits: () => calls.reduce((sum, call) => sum + call.writeUnits, 0),
    reset() {
      calls.length = 0;
      round = 0;
    },
    /** Runs one call: it begins in this round, and its answer arrives in the next. */
    async call<T>(
      to: Metered['to'],
      label: string,
      run: () => Promise<T>,
      unitsOf: (value: T) => number = () => 0,
    ): Promise<T> {
      const entry = { to, label, begun: round, ended: round, writeUnits: 0 };
      calls.push(entry);
      try {
        const value = await run();
        entry.writeUnits = unitsOf(value);
        return value;
      } finally {
        await nextRound();
        entry.ended = round;
      }
    },
  };
}

export type Meter = ReturnType<typeof meter>;

/**
 * The table with every call counted. A write costs a unit per started kilobyte of the larger of
 * the old and the new item, a refused write of the old one.
 */
export function meteredTable(table: MemoryTable, { call }: Meter): Table {
  const sized = (item: Item | undefined) => (item ? itemSize(item) : 0);
  const deciding = (label: string, before: Item | undefined, run: () => Promise<Decision>) =>
    call('table', label, run, ({ item }) =>
      Math.max(1, Math.ceil(Math.max(sized(before), sized(item)) / 1024)),
    );
  return {
    getItem: (key, label = 'get') => call('table', label, () => table.getItem(key)),
    batchGetItems: (keys, label) => call('table', label, () => table.batchGetItems(keys, label)),
    updateItem: (write) => deciding(write.label, table.peek(write.key), () => table.updateItem(write)),
    putItem: (put) => deciding(put.label, table.peek(put.item), () => table.putItem(put)),
    queryItems: (query) => call('table', query.label, () => table.queryItems(query)),
    queryIndex: (query) => call('table', query.label, () => table.queryIndex(query)),
    transactWriteItems: (writes) =>
      call('table', writes.map(({ label }) => label).join(' + '), () => table.transactWriteItems(writes)),
  };
}
