import { beforeEach, describe, expect, it } from 'vitest';
import type { IndexQuery, Table } from '#lib/aws/table.ts';
import { memoryTable } from './memory-table.ts';

let table: Table;
const always = 'attribute_exists(#pk) OR attribute_not_exists(#pk)';
const put = (sk: string, more: Record<string, unknown>) =>
  table.putItem({ label: 'seed', item: { pk: 'p', sk, ...more }, condition: always });
const seen = async (query: Partial<Omit<IndexQuery, 'label' | 'pk' | 'index'>> = {}) => {
  const { items, last } = await table.queryIndex({ label: 'find', pk: 'open#1', index: 'Open', ...query });
  return { due: items.map(({ due }) => due), last };
};

beforeEach(async () => {
  table = memoryTable();
  for (const due of [30, 10, 100, 20])
    await put(`s${due}`, { openShard: 'open#1', due, epoch: 2, state: 'preparing', body: 'long' });
  await put('elsewhere', { openShard: 'open#2', due: 5 });
  await put('at rest', { due: 5 });
  await put('undue', { openShard: 'open#1' });
});

describe('the index Open of the table in memory', () => {
  it('has items with both attributes, ordered by due time, with the projected attributes', async () => {
    expect(await seen()).toEqual({ due: [10, 20, 30, 100], last: undefined });
    const { items } = await table.queryIndex({ label: 'find', pk: 'open#1', index: 'Open', limit: 1 });
    expect(items).toEqual([
      { pk: 'p', sk: 's10', openShard: 'open#1', due: 10, epoch: 2, state: 'preparing' },
    ]);
  });

  it('excludes items that are due at the given time or later', async () => {
    expect((await seen({ before: 30 })).due).toEqual([10, 20]);
    expect((await seen({ before: 31 })).due).toEqual([10, 20, 30]);
  });

  it('is separate from the index Recorded, which is ordered by key', async () => {
    for (const sk of ['3', '1', '2'])
      await put(`page${sk}`, { minute: '2027-01-15T08:00#1', seq: 1, head: 'ab', rows: [], due: 7 });
    const recorded = (after?: string) =>
      table.queryIndex({
        label: 'find',
        pk: '2027-01-15T08:00#1',
        index: 'Recorded',
        limit: 2,
        ...(after && { after }),
      });
    const { items, last } = await recorded();
    expect(items[0]).toEqual({ pk: 'p', sk: 'page1', minute: '2027-01-15T08:00#1', seq: 1, head: 'ab' });
    expect((await recorded(last)).items.map(({ sk }) => sk)).toEqual(['page3']);
    expect((await seen()).due).toEqual([10, 20, 30, 100]);
  });

  it('is read page by page, also with equal due times', async () => {
    for (const sk of ['a', 'b', 'c']) await put(sk, { openShard: 'open#1', due: 20 });
    const pages: unknown[][] = [];
    for (let after: string | undefined; ; ) {
      const { items, last } = await table.queryIndex({
        label: 'find',
        pk: 'open#1',
        index: 'Open',
        before: 50,
        limit: 2,
        ...(after && { after }),
      });
      pages.push(items.map(({ sk }) => sk));
      if (last === undefined) break;
      after = last;
    }
    expect(pages).toEqual([['s10', 'a'], ['b', 'c'], ['s20', 's30'], []]);
  });

  it('follows updates, moves and removals', async () => {
    const update = (sk: string, text: string, values?: Record<string, unknown>) =>
      table.updateItem({
        label: 'set',
        key: { pk: 'p', sk },
        update: text,
        condition: always,
        ...(values && { values }),
      });
    await update('s10', 'SET #due = :due', { due: 40 });
    await update('s20', 'SET #openShard = :shard', { shard: 'open#2' });
    await update('s30', 'REMOVE #openShard, #due');
    await update('undue', 'SET #due = :due', { due: 1 });
    expect((await seen()).due).toEqual([1, 40, 100]);
  });

  it.each([
    ['openShard', new Set(['a'])],
    ['openShard', ''],
    ['openShard', 7],
    ['due', '7'],
    ['minute', 8],
  ])(
    'refuses an item whose %s is of another type, as DynamoDB does whatever the item is',
    async (name, value) => {
      const invalid = expect.objectContaining({ name: 'ValidationException' });
      await expect(put('slot', { [name]: value })).rejects.toThrow(invalid);
      const write = {
        label: 'set',
        key: { pk: 'p', sk: 's10' },
        update: 'SET #x = :x',
        names: { x: name },
        condition: always,
      };
      await expect(table.updateItem({ ...write, values: { x: value } })).rejects.toThrow(invalid);
      expect((await seen()).due).toEqual([10, 20, 30, 100]);
    },
  );

  it.each<[string, Partial<Omit<IndexQuery, 'label' | 'pk' | 'index'>>]>([
    ['a prefix', { prefix: 's' } as object],
    ['a filter on its key', { filter: '#due = :due', values: { due: 1 } }],
  ])('is refused with %s', async (_, query) => {
    await expect(seen(query)).rejects.toThrow(expect.objectContaining({ name: 'ValidationException' }));
  });
});
