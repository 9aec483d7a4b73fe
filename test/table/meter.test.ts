import { describe, expect, it } from 'vitest';
import type { Item } from '#lib/aws/table.ts';
import { memoryTable } from './memory-table.ts';
import { meter } from './meter.ts';

const key = { pk: 'p', sk: 's' };
const text = (bytes: number) => 'x'.repeat(bytes);
const put = (item: Item, condition = 'attribute_not_exists(#pk)') => ({ label: 'put', item, condition });
const set = (sk: string, load: string, condition = 'attribute_exists(#pk) OR attribute_not_exists(#pk)') => ({
  label: 'set',
  key: { pk: 'p', sk },
  update: 'SET #load = :load',
  condition,
  values: { load },
});

describe('write units', () => {
  it('are the started kilobytes of the larger of the old and the new item', async () => {
    const table = meter(memoryTable());
    await table.putItem(put({ ...key, load: text(1500) }));
    await table.updateItem(set('s', ''));
    await table.updateItem(set('s', ''));
    expect(table.byLabel().get('put')).toEqual({ calls: 1, writeUnits: 2, readUnits: 0 });
    expect(table.byLabel().get('set')).toEqual({ calls: 2, writeUnits: 2 + 1, readUnits: 0 });
  });

  it('are exact at the edge of a kilobyte', async () => {
    const table = meter(memoryTable());
    await table.putItem(put({ ...key, load: text(1024 - 10) })); // the rest of the item is 10 bytes
    expect(table.total().writeUnits).toBe(1);
    await table.updateItem(set('s', text(1024 - 9)));
    expect(table.total().writeUnits).toBe(1 + 2);
  });

  it('are those of the existing item when the condition fails, and at least one', async () => {
    const table = meter(memoryTable());
    await table.updateItem(set('s', '', 'attribute_exists(#pk)'));
    expect(table.total().writeUnits).toBe(1);
    await table.putItem(put({ ...key, load: text(3000) }));
    table.reset();
    await table.updateItem(set('s', '', 'attribute_not_exists(#pk)'));
    expect(table.total()).toEqual({ calls: 1, writeUnits: 3, readUnits: 0 });
  });

  it('are double in a transaction, accepted or not', async () => {
    const table = meter(memoryTable());
    await table.transactWriteItems([set('a', text(1500)), set('b', '')]);
    expect(table.total()).toEqual({ calls: 1, writeUnits: 4 + 2, readUnits: 0 });
    await table.transactWriteItems([set('a', '', 'attribute_not_exists(#pk)'), set('c', text(5000))]);
    expect(table.total().writeUnits).toBe(6 + 4 + 2);
  });

  it('are not counted for an invalid write', async () => {
    const table = meter(memoryTable());
    await expect(table.updateItem({ ...set('s', ''), update: 'SET #load' })).rejects.toThrow();
    expect(table.total()).toEqual({ calls: 1, writeUnits: 0, readUnits: 0 });
  });
});

it('the meter counts index writes: one for a changed row, two for a moved one; an index read costs half', async () => {
  const table = meter(memoryTable());
  const written = async (values: Record<string, unknown>) => {
    table.reset();
    const update = `SET ${Object.keys(values)
      .map((name) => `#${name} = :${name}`)
      .join(', ')}`;
    await table.updateItem({
      label: 'set',
      key,
      update,
      condition: 'attribute_exists(#pk) OR attribute_not_exists(#pk)',
      values,
    });
    return table.total().writeUnits;
  };
  expect(await written({ load: '' })).toBe(1);
  expect(await written({ openShard: 'open#1', due: 1 })).toBe(2);
  expect(await written({ load: 'x' })).toBe(1);
  expect(await written({ state: 'waiting' })).toBe(2);
  expect(await written({ due: 2 })).toBe(3);
  await table.queryIndex({ label: 'find', pk: 'open#1', index: 'Open' });
  expect(table.total().readUnits).toBe(0.5);
});

it('the meter counts a read by started four kilobytes, and a query before its filter', async () => {
  const table = meter(memoryTable());
  for (const sk of ['a', 'b', 'c']) await table.putItem(put({ pk: 'p', sk, load: text(3000) }));
  table.reset();
  await table.getItem({ pk: 'p', sk: 'a' });
  await table.getItem({ pk: 'p', sk: 'missing' }, 'look');
  const { items } = await table.queryItems({
    label: 'list',
    pk: 'p',
    filter: '#load = :none',
    values: { none: '' },
  });
  expect(items).toEqual([]);
  expect(Object.fromEntries(table.byLabel())).toEqual({
    get: { calls: 1, writeUnits: 0, readUnits: 1 },
    look: { calls: 1, writeUnits: 0, readUnits: 1 },
    list: { calls: 1, writeUnits: 0, readUnits: 3 },
  });
});

it('the meter counts writes by partition, refused ones included', async () => {
  const table = meter(memoryTable());
  await Promise.all([
    table.putItem(put({ ...key })),
    table.putItem(put({ ...key })),
    table.putItem(put({ pk: 'q', sk: 's' })),
  ]);
  expect(Object.fromEntries(table.byPartition())).toEqual({ p: 2, q: 1 });
});

describe('hops', () => {
  const pause = (ms: number) => new Promise((done) => setTimeout(done, ms));

  it('are calls in a row; parallel calls are one hop', async () => {
    const table = meter(memoryTable());
    await table.updateItem(set('s', ''));
    await Promise.all([
      table.outside(() => pause(5), 'check 1'),
      table.outside(async () => {}, 'check 2'),
      table.getItem(key),
    ]);
    await table.updateItem(set('s', ''));
    expect(table.hops()).toBe(3);
    expect(table.labels()).toEqual(['set', 'check 1', 'check 2', 'get', 'set']);
    expect(table.total().calls).toBe(3);
  });

  it('count two calls in a row beside a long one', async () => {
    const table = meter(memoryTable());
    const inARow = async () => {
      await table.getItem(key);
      await table.getItem(key);
    };
    await Promise.all([table.outside(() => pause(20)), inARow()]);
    expect(table.hops()).toBe(2);
  });

  it('include failed calls, and no running ones', async () => {
    const table = meter(memoryTable());
    await expect(table.outside(() => Promise.reject(new Error('away')))).rejects.toThrow('away');
    const still = table.outside(() => pause(10));
    expect(table.hops()).toBe(1);
    await still;
    expect(table.hops()).toBe(2);
  });
});
