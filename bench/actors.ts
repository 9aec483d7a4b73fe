import { prices, type Used } from '#domain/syncs/accept/prices.ts';
import type { Objects } from '#lib/aws/objects.ts';
import type { Decision, Key, Table } from '#lib/aws/table.ts';
import type { MemoryTable } from '#table/memory-table.ts';
import { type Meter, meter } from '#table/meter.ts';
import { partitionsOf } from './hot-keys.ts';

/**
 * Milliseconds of each step: a function apart from its calls, the calls to AWS, and a call to an
 * outside system (`callMs`).
 */
export type Pace = { functionMs: number; readMs: number; writeMs: number; otherMs: number; callMs: number };
/** What one actor has used: its calls to AWS by label, and how many of them write to a table. */
export type Account = {
  calls: Map<string, number>;
  writes: number;
  used: Used;
  meters: Map<MemoryTable, Meter>;
};
type Tools = {
  account: Account;
  pace: Pace;
  sleep: (ms: number) => Promise<void>;
  wrote: (partition: string) => void;
};

export const nothing = (): Used => Object.fromEntries(Object.keys(prices).map((unit) => [unit, 0])) as Used;
export const emptyAccount = (): Account => ({
  calls: new Map(),
  writes: 0,
  used: nothing(),
  meters: new Map(),
});

/** An actor makes calls: a function, or an AWS service on its own behalf. */
export function actorOn({ account, pace, sleep, wrote }: Tools) {
  const { calls, used, meters } = account;
  const spend = (unit: keyof Used, amount = 1): void => {
    used[unit] += amount;
  };
  const call = async <T>(label: string, run: () => Promise<T>, ms = pace.otherMs): Promise<T> => {
    calls.set(label, (calls.get(label) ?? 0) + 1);
    await sleep(ms);
    return run();
  };
  const read = <T>(label: string, run: () => Promise<T>) => call(label, run, pace.readMs);
  const write = <T>(label: string, run: () => Promise<T>) => {
    account.writes += 1;
    return call(label, run, pace.writeMs);
  };
  /**
   * Counts a write on each partition that it reaches: the table's, accepted or not, and the
   * indexes'.
   */
  const decide = (label: string, { pk }: Key, run: () => Promise<Decision>) =>
    write(label, async () => {
      const decision = await run();
      for (const partition of [pk, ...(decision.accepted ? partitionsOf(decision.item) : [])])
        wrote(partition);
      return decision;
    });

  return {
    spend,
    call,
    table(stored: MemoryTable): Table {
      const table = meters.get(stored) ?? meter(stored);
      meters.set(stored, table);
      return {
        getItem: (key, label = 'get') => read(label, () => table.getItem(key, label)),
        batchGetItems: (keys, label) => read(label, () => table.batchGetItems(keys, label)),
        queryItems: (query) => read(query.label, () => table.queryItems(query)),
        queryIndex: (query) => read(query.label, () => table.queryIndex(query)),
        updateItem: (one) => decide(one.label, one.key, () => table.updateItem(one)),
        putItem: (put) => decide(put.label, put.item, () => table.putItem(put)),
        transactWriteItems(all) {
          for (const { key } of all) wrote(key.pk);
          return write(all.map(({ label }) => label).join(' + '), () => table.transactWriteItems(all));
        },
      };
    },
    objects: (stored: Objects): Objects => ({
      ...stored,
      openObject(key, version) {
        spend('objectGet');
        return call('get-object', () => stored.openObject(key, version));
      },
      putObject(key, body, contentType) {
        spend('objectPut');
        return call('put-object', () => stored.putObject(key, body, contentType));
      },
    }),
  };
}

export type Actor = ReturnType<typeof actorOn>;

/** The bill of an account, with the capacity units of its tables. */
export function usedBy({ used, meters }: Account): Used {
  const totals = [...meters.values()].map((each) => each.total());
  const sum = (unit: 'writeUnits' | 'readUnits') => totals.reduce((all, total) => all + total[unit], 0);
  return { ...used, write: sum('writeUnits'), read: sum('readUnits') };
}
