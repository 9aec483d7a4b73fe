import { beforeAll, describe, expect, it } from 'vitest';
import type { Query } from '#lib/aws/table.ts';
import { memoryTable } from './memory-table.ts';

const table = memoryTable();
const sortKeys = ['b#2', 'a', 'b#10', '\uffee', '\u{1f600}', 'b', 'c'];
const seen = async (query: Omit<Query, 'label' | 'pk'>) => {
  const { items, last } = await table.queryItems({ label: 'list', pk: 'p', ...query });
  return { keys: items.map(({ sk }) => sk), last };
};

beforeAll(async () => {
  const put = (item: { pk: string; sk: string; n?: number }) =>
    table.putItem({ label: 'seed', item, condition: 'attribute_not_exists(#pk)' });
  for (const [n, sk] of sortKeys.entries()) await put({ pk: 'p', sk, n });
  await put({ pk: 'other', sk: 'b#3' });
});

describe('a query of the table in memory', () => {
  it('reads one partition in order of UTF-8 bytes', async () => {
    expect(await seen({})).toEqual({
      keys: ['a', 'b', 'b#10', 'b#2', 'c', '\uffee', '\u{1f600}'],
      last: undefined,
    });
    expect(await table.queryItems({ label: 'list', pk: 'missing' })).toEqual({ items: [] });
  });

  it('starts with a prefix, after a key, or both', async () => {
    expect((await seen({ prefix: 'b#' })).keys).toEqual(['b#10', 'b#2']);
    expect((await seen({ after: 'b#2' })).keys).toEqual(['c', '\uffee', '\u{1f600}']);
    expect((await seen({ after: 'b#15', prefix: 'b' })).keys).toEqual(['b#2']);
  });

  it('returns the end of a page, even when nothing follows', async () => {
    expect(await seen({ prefix: 'b#', limit: 1 })).toEqual({ keys: ['b#10'], last: 'b#10' });
    expect(await seen({ prefix: 'b#', limit: 2 })).toEqual({ keys: ['b#10', 'b#2'], last: 'b#2' });
    expect(await seen({ prefix: 'b#', limit: 3 })).toEqual({ keys: ['b#10', 'b#2'], last: undefined });
  });

  it('reads backwards page by page, with a prefix or without', async () => {
    const backwards = true;
    expect((await seen({ backwards })).keys).toEqual(['\u{1f600}', '\uffee', 'c', 'b#2', 'b#10', 'b', 'a']);
    expect(await seen({ backwards, limit: 2 })).toEqual({ keys: ['\u{1f600}', '\uffee'], last: '\uffee' });
    expect(await seen({ backwards, limit: 2, after: '\uffee' })).toEqual({ keys: ['c', 'b#2'], last: 'b#2' });
    expect((await seen({ backwards, prefix: 'b#' })).keys).toEqual(['b#2', 'b#10']);
    expect((await seen({ backwards, prefix: 'b', after: 'b#15' })).keys).toEqual(['b#10', 'b']);
    expect((await seen({ backwards, after: 'a' })).keys).toEqual([]);
  });

  it('filters after the limit, so that a page may be empty and not the last', async () => {
    const odd = { filter: '#n = :n', values: { n: 2 } };
    expect(await seen({ ...odd, limit: 2 })).toEqual({ keys: [], last: 'b' });
    expect(await seen({ ...odd, limit: 2, after: 'b' })).toEqual({ keys: ['b#10'], last: 'b#2' });
  });

  it('ends a page at a megabyte', async () => {
    const heavy = memoryTable();
    for (let n = 0; n < 10; n++)
      await heavy.putItem({
        label: 'seed',
        item: { pk: 'p', sk: `${n}`, load: 'x'.repeat(300_000) },
        condition: 'attribute_not_exists(#pk)',
      });
    const page = await heavy.queryItems({ label: 'list', pk: 'p' });
    expect(page).toMatchObject({ items: { length: 4 }, last: '3' });
    expect(await heavy.queryItems({ label: 'list', pk: 'p', after: '7' })).toMatchObject({
      items: { length: 2 },
    });
  });

  it.each<[string, Omit<Query, 'label' | 'pk'>]>([
    ['a filter on the key', { filter: '#sk = :v', values: { v: 'a' } }],
    ['values without a filter', { values: { v: 1 } }],
    ['a start outside its prefix', { prefix: 'b', after: 'a' }],
    ['a limit of nothing', { limit: 0 }],
  ])('is refused with %s', async (_, query) => {
    await expect(seen(query)).rejects.toThrow(expect.objectContaining({ name: 'ValidationException' }));
  });
});
