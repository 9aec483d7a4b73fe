import { beforeEach, describe, expect, it } from 'vitest';
import { changeBooks } from '#examples/systems/change-books.ts';

const time = { now: 1_000 };
let books: ReturnType<typeof changeBooks>;
const entry = () => books.entries()[0];
const nothing = { count: 0, amount_minor: 0 };

beforeEach(() => {
  time.now = 1_000;
  books = changeBooks({ clock: { now: () => time.now } });
});

describe('a batch by totals, in an office’s books', () => {
  it('counts as one change, with its sum to the cent', () => {
    books = changeBooks({ clock: { now: () => time.now }, reserves: true });
    const order = { goods: { count: 3, amount_minor: 7_501 } };
    books.prepare('t', order);
    expect(entry()).toMatchObject({ state: 'reserved', items: nothing });
    expect(books.commit('t', { goods: { count: 3, amount_minor: 7_500 } })).toEqual({ refused: 'mismatch' });
    books.commit('t', order);
    expect([entry()?.items, books.total()]).toEqual([{ count: 3, amount_minor: 7_501 }, 75.01]);
    expect(entry()).not.toHaveProperty('chunks');
    books.rollback('t', {}, order);
    expect([entry()?.items, books.total()]).toEqual([nothing, 0]);
  });
});
