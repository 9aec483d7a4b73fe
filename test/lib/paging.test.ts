import { describe, expect, it } from 'vitest';
import type { Item } from '#lib/aws/table.ts';
import { fromCursor, toCursor } from '#lib/http/cursor.ts';
import { paged } from '#lib/http/pages.ts';
import { memoryTable } from '#table/memory-table.ts';

const question = { tenant: 'acme', route: 'slots', filter: { available: true } };

describe('a cursor', () => {
  it('continues the list that it came from', () => {
    expect(fromCursor(question, toCursor(question, '0000000000000042#abc'))).toBe('0000000000000042#abc');
    expect(
      fromCursor({ ...question, filter: { available: true, site: undefined } }, toCursor(question, '42')),
    ).toBe('42');
    expect(fromCursor(question, undefined)).toBeUndefined();
  });

  it.each([
    ['of another tenant', { ...question, tenant: 'other' }],
    ['of another list', { ...question, route: 'reservations' }],
    ['under another filter', { ...question, filter: { available: false } }],
    ['without its filter', { ...question, filter: {} }],
  ])('%s is refused', (_, other) => {
    expect(() => fromCursor(other, toCursor(question, '42'))).toThrow(
      expect.objectContaining({ code: 'cursor-invalid', status: 400 }),
    );
  });

  it('that was cut off or forged is refused', () => {
    const cursor = toCursor(question, '0000000000000042');
    for (let length = 0; length < cursor.length - 1; length++)
      expect(() => fromCursor(question, cursor.slice(0, length)), String(length)).toThrow(
        expect.objectContaining({ code: 'cursor-invalid' }),
      );
    const forged = Buffer.from(
      `${Buffer.from(cursor, 'base64url').toString().slice(0, 11)}0000000000000043`,
    ).toString('base64url');
    expect(() => fromCursor(question, forged)).toThrow(expect.objectContaining({ code: 'cursor-invalid' }));
  });
});

describe('a page', () => {
  const table = memoryTable();
  const fill = async (pk: string, count: number) => {
    for (let n = 0; n < count; n++) {
      const item: Item = { pk, sk: String(n).padStart(5, '0'), odd: n % 2 === 1, rare: n === count - 1 };
      await table.putItem({ label: 'fill', item, condition: 'attribute_not_exists(#pk)' });
    }
  };
  const reading = (pk: string, filter?: string) => (limit: number, after: string | undefined) =>
    table.queryItems({
      label: 'page',
      pk,
      limit,
      ...(after && { after }),
      ...(filter && { filter, values: { yes: true } }),
    });

  /** Every page of a list, until there is no cursor. */
  async function all(limit: number, read: ReturnType<typeof reading>) {
    const pages: string[][] = [];
    for (let after: string | undefined; ; ) {
      const { items, last } = await paged(limit, after, read);
      pages.push(items.map(({ sk }) => sk));
      after = last;
      if (!after) return pages;
    }
  }

  it.each([1, 7, 50, 99, 100])(
    'of at most %i items loses none, repeats none, and is full until the last',
    async (limit) => {
      if (!table.peek({ pk: 'list', sk: '00000' })) await fill('list', 100);
      const pages = await all(limit, reading('list'));
      expect(pages.flat()).toEqual(Array.from({ length: 100 }, (_, n) => String(n).padStart(5, '0')));
      expect(pages.slice(0, -1).every(({ length }) => length === limit)).toBe(true);
      const odd = await all(limit, reading('list', '#odd = :yes'));
      expect(odd.flat()).toHaveLength(50);
    },
  );

  it('stops early, with a cursor, rather than read a whole table for one answer', async () => {
    await fill('long', 1_200);
    const first = await paged(20, undefined, reading('long', '#rare = :yes'));
    expect([first.items, typeof first.last]).toEqual([[], 'string']);
    expect((await all(20, reading('long', '#rare = :yes'))).flat()).toEqual(['01199']);
  });

  it('of an empty list is empty', async () =>
    expect(await paged(20, undefined, reading('none'))).toEqual({ items: [] }));
});
