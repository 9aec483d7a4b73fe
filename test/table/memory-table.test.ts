import { describe, expect, it } from 'vitest';
import type { Item, Key } from '#lib/aws/table.ts';
import { memoryTable, type Options } from './memory-table.ts';

const anyway = 'attribute_exists(#pk) OR attribute_not_exists(#pk)';
const key = { pk: 'p', sk: 's' };
const create = (item: Item) => ({ label: 'create', item, condition: 'attribute_not_exists(#pk)' });
const count = (at: Key, condition = anyway) => ({
  label: 'count',
  key: at,
  update: 'ADD #v :one',
  condition,
  values: { one: 1 },
});
const seeded = async (items: Item[], options?: Options) => {
  const table = memoryTable(options);
  for (const item of items) await table.putItem(create(item));
  return table;
};

describe('a write to the table in memory', () => {
  it('returns the new item when it is accepted, and the old one when it is not', async () => {
    const table = memoryTable();
    expect(await table.putItem(create({ ...key, v: 1 }))).toEqual({ accepted: true, item: { ...key, v: 1 } });
    expect(await table.putItem(create({ ...key, v: 9 }))).toEqual({
      accepted: false,
      item: { ...key, v: 1 },
    });
    expect(await table.updateItem(count(key))).toEqual({ accepted: true, item: { ...key, v: 2 } });
    expect(await table.getItem(key)).toEqual({ ...key, v: 2 });
  });

  it('returns no item where none exists', async () => {
    const table = memoryTable();
    expect(await table.updateItem(count(key, 'attribute_exists(#pk)'))).toEqual({
      accepted: false,
      item: undefined,
    });
    expect(await table.getItem(key)).toBeUndefined();
  });

  it('decides at the call, so that of two concurrent callers one wins', async () => {
    const table = memoryTable();
    const [first, second] = await Promise.all([
      table.putItem(create({ ...key, by: 1 })),
      table.putItem(create({ ...key, by: 2 })),
    ]);
    expect([first.accepted, second.accepted]).toEqual([true, false]);
    expect(second.item).toMatchObject({ by: 1 });
  });

  it('creates no item by REMOVE alone, and none without a key', async () => {
    const table = memoryTable();
    await expect(
      table.updateItem({ label: 'x', key, update: 'REMOVE #a', condition: anyway }),
    ).rejects.toThrow('creates no item');
    await expect(table.putItem(create({ pk: 'p', sk: '' }))).rejects.toThrow('key');
  });
});

describe.each([{ frozen: false }, { frozen: true }])(
  'an item of the table in memory, with frozen: $frozen,',
  (options) => {
    it('cannot be changed through the objects given or returned', async () => {
      const given = { ...key, past: { a: 1 }, open: new Set(['x']), list: [{ b: 1 }] };
      const table = await seeded([given], options);
      given.past.a = 2;
      given.open.add('y');
      const taken = (await table.getItem(key)) as typeof given;
      for (const change of [() => (taken.past.a = 3), () => taken.open.add('z'), () => taken.list[0]!.b++])
        options.frozen ? expect(change).toThrow() : change();
      expect(await table.getItem(key)).toEqual({
        ...key,
        past: { a: 1 },
        open: new Set(['x']),
        list: [{ b: 1 }],
      });
    });

    it('stays the same in older images', async () => {
      const table = await seeded([{ ...key, past: { a: { w: 1 } } }], options);
      const old = await table.getItem(key);
      await table.updateItem({
        label: 'x',
        key,
        update: 'SET #past.#a.#w = :two',
        condition: anyway,
        values: { two: 2 },
      });
      expect(old).toEqual({ ...key, past: { a: { w: 1 } } });
    });
  },
);

describe('a transaction', () => {
  const other = { pk: 'q', sk: 's' };

  it('writes all of its items or none', async () => {
    const table = await seeded([{ ...key, v: 1 }]);
    expect(await table.transactWriteItems([count(key), count(other, 'attribute_exists(#pk)')])).toBe(false);
    expect([...table.items()]).toEqual([{ ...key, v: 1 }]);
    expect(await table.transactWriteItems([count(key), count(other)])).toBe(true);
    expect([...table.items()]).toEqual([
      { ...key, v: 2 },
      { ...other, v: 1 },
    ]);
  });

  it('is refused as a whole for an invalid write, a repeated item, or an empty list', async () => {
    const table = await seeded([{ ...key, v: 1 }]);
    const mistake = {
      label: 'x',
      key: other,
      update: 'SET #a.#b = :one',
      condition: anyway,
      values: { one: 1 },
    };
    await expect(table.transactWriteItems([count(key), mistake])).rejects.toThrow('document path');
    await expect(table.transactWriteItems([count(key), count({ ...key })])).rejects.toThrow(
      'each to another item',
    );
    await expect(table.transactWriteItems([])).rejects.toThrow('1 to 100');
    expect(await table.getItem(key)).toEqual({ ...key, v: 1 });
  });

  it('is false when a condition failed, even beside an invalid write', async () => {
    const table = await seeded([{ ...key, v: 1 }]);
    const mistake = { label: 'x', key, update: 'SET #v.#b = :one', condition: anyway, values: { one: 1 } };
    expect(await table.transactWriteItems([mistake, count(other, 'attribute_exists(#pk)')])).toBe(false);
  });
});

it('the table in memory reports every accepted write in order, with the item before', async () => {
  const images: unknown[] = [];
  const table = memoryTable({ onWrite: (image, at, before) => images.push([at, before?.v, image.v]) });
  const other = { pk: 'q', sk: 's' };
  await table.putItem(create({ ...key, v: 1 }));
  await table.putItem(create({ ...key, v: 1 }));
  await table.transactWriteItems([count(other), count(key)]);
  await table.transactWriteItems([count(key), count(other, 'attribute_not_exists(#pk)')]);
  expect(images).toEqual([
    [key, undefined, 1],
    [other, undefined, 1],
    [key, 1, 2],
  ]);
});
