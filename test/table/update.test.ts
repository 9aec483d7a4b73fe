import { describe, expect, it } from 'vitest';
import type { Item } from '#lib/aws/table.ts';
import { memoryTable } from './memory-table.ts';

const key = { pk: 'p', sk: 's' };
const before = {
  n: 2,
  price: 0.1,
  s: 'x',
  none: null,
  list: ['a'],
  set: new Set(['a', 'b']),
  past: { k1: { w: 1 }, k2: 2 },
};

async function updated(
  update: string,
  values?: Record<string, unknown>,
  names?: Record<string, string>,
): Promise<Item | undefined> {
  const table = memoryTable();
  await table.putItem({ label: 'seed', item: { ...key, ...before }, condition: 'attribute_not_exists(#pk)' });
  const bindings = { ...(values && { values }), ...(names && { names }) };
  return (
    await table.updateItem({ label: 'try', key, update, condition: 'attribute_exists(#pk)', ...bindings })
  ).item;
}

describe('an update of DynamoDB writes', () => {
  it.each<[string, Record<string, unknown> | undefined, Record<string, unknown>]>([
    ['SET #n = :v, #m = #n', { v: 9 }, { n: 9, m: 2 }],
    ['SET #n = #n + :v', { v: -0.5 }, { n: 1.5 }],
    ['SET #price = #price + :v', { v: 0.2 }, { price: 0.3 }],
    ['SET #n = if_not_exists(#absent, :v) - #n', { v: 5 }, { n: 3 }],
    ['SET #none = if_not_exists(#none, :v)', { v: 5 }, {}],
    ['SET #list = list_append(:v, #list)', { v: ['z'] }, { list: ['z', 'a'] }],
    ['SET #past.#k3 = :v', { v: { w: 3 } }, { past: { ...before.past, k3: { w: 3 } } }],
    ['SET #past.#k1.#w = #past.#k2 REMOVE #past.#k2', undefined, { past: { k1: { w: 2 } } }],
    ['REMOVE #past.#k9, #absent', undefined, {}],
    [
      'ADD #n :v, #fresh :v, #set :c',
      { v: 3, c: new Set(['c', 'a']) },
      { n: 5, fresh: 3, set: new Set(['a', 'b', 'c']) },
    ],
    ['ADD #past.#k2 :v', { v: 1 }, { past: { ...before.past, k2: 3 } }],
    ['DELETE #set :v', { v: new Set(['a', 'z']) }, { set: new Set(['b']) }],
    ['set #n = :v remove #s', { v: { a: undefined, b: [undefined, 1] } }, { n: { b: [1] }, s: undefined }],
  ])('%s %j', async (update, values, change) =>
    expect(await updated(update, values)).toEqual({ ...key, ...before, ...change }),
  );

  it('DELETE removes the attribute with the last element of its set', async () => {
    expect(await updated('DELETE #set :v', { v: new Set(['a', 'b']) })).not.toHaveProperty('set');
  });

  it('an update resolves #name through the request’s names', async () => {
    expect(await updated('SET #past.#mine = :v', { v: 1 }, { mine: 'a.b c' })).toMatchObject({
      past: { 'a.b c': 1 },
    });
  });
});

describe('an invalid update is a ValidationException, and writes nothing', () => {
  it.each<[string, Record<string, unknown>?, Record<string, string>?]>([
    [''],
    ['#n = :v', { v: 1 }],
    ['SET #n :v', { v: 1 }],
    ['SET #n = :v SET #s = :v', { v: 1 }],
    ['SET #n = :v + :v + :v', { v: 1 }],
    ['SET #n = size(#s)'],
    ['SET #n = :v, #n = :v', { v: 1 }],
    ['SET #past = :v REMOVE #past.#k1', { v: 1 }],
    ['SET #past.#mine = :v, #past.#k1 = :v', { v: 1 }, { mine: 'k1' }],
    ['SET #absent.#x = :v', { v: 1 }],
    ['SET #s.#x = :v', { v: 1 }],
    ['REMOVE #absent.#x'],
    ['ADD #absent.#x :v', { v: 1 }],
    ['SET #n = #absent'],
    ['SET #n = #s + :v', { v: 1 }],
    ['SET #n = #n + :v', { v: Number.MAX_SAFE_INTEGER }],
    ['SET #n = list_append(#s, :v)', { v: [] }],
    ['ADD #s :v', { v: 1 }],
    ['ADD #s :v', { v: 'y' }],
    ['ADD #n #n'],
    ['DELETE #set :v', { v: 'a' }],
    ['DELETE #n :v', { v: new Set(['a']) }],
    ['SET #sk = :v', { v: 's' }],
    ['SET #key = :v', { v: 's' }, { key: 'pk' }],
    ['SET #n = :v', { v: 1, unused: 1 }],
    ['SET #n = :v', {}],
    ['SET #n = :v', { v: new Map() }],
    ['SET #n = :v', { v: 10n }],
  ])('%s', async (update, values, names) => {
    await expect(updated(update, values, names)).rejects.toThrow(
      expect.objectContaining({ name: 'ValidationException' }),
    );
  });
});
