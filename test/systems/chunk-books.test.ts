import { beforeEach, describe, expect, it } from 'vitest';
import { changeBooks } from '#examples/systems/change-books.ts';

const one = { commit: 1 };
const payments = (from: number, count: number) =>
  Array.from({ length: count }, (_, i) => ({ id: `p-${from + i}`, amount_minor: 2_500 }));
const goods = (from: number, count: number) => ({
  count,
  amount_minor: count * 2_500,
  items: payments(from, count),
});
/** Five payments, in chunks of two. */
const batch = { count: 5, amount_minor: 12_500 };
const chunk = (index: number) => ({ chunk: index, batch, goods: goods(index * 2, index < 2 ? 2 : 1) });

const time = { now: 1_000 };
let books: ReturnType<typeof changeBooks>;
const commit = (...chunks: number[]) => chunks.map((index) => books.commit('t', chunk(index)));
const rollback = (...chunks: number[]) =>
  chunks.map((index) => {
    const { goods, ...about } = chunk(index);
    return books.rollback(
      't',
      {},
      { ...about, goods: { count: goods.count, amount_minor: goods.amount_minor } },
    );
  });
const entry = () => books.entries()[0];
const nothing = { count: 0, amount_minor: 0 };

beforeEach(() => {
  time.now = 1_000;
  books = changeBooks({ clock: { now: () => time.now } });
});

describe('a batch in chunks, in an office’s books', () => {
  it('is committed when its chunks add up to it, each once under repeats', () => {
    expect(commit(0, 2, 0)).toEqual([
      { state: 'committed', did: 'commit' },
      { state: 'committed', did: 'commit' },
      { state: 'committed' },
    ]);
    expect([books.query('t'), entry()?.state]).toEqual(['partial', 'partial']);
    expect(entry()).toMatchObject({ items: { count: 3, amount_minor: 7_500 } });
    commit(1);
    expect([books.query('t'), entry()?.state, books.total()]).toEqual(['committed', 'committed', 125]);
    expect(entry()).toMatchObject({
      items: batch,
      effects: one,
      chunks: [0, 1, 2].map((index) => ({
        index,
        state: 'committed',
        effects: one,
        count: index < 2 ? 2 : 1,
      })),
    });
  });

  it('is rolled back chunk by chunk, with tombstones for chunks that never came', () => {
    commit(0, 1);
    expect(rollback(1, 0, 0, 2)).toEqual([
      { state: 'rolled-back', did: 'rollback' },
      { state: 'rolled-back', did: 'rollback' },
      { state: 'rolled-back' },
      { refused: 'not-found' },
    ]);
    expect(commit(0, 2)).toEqual([{ refused: 'rolled-back' }, { refused: 'rolled-back' }]);
    expect([books.query('t'), books.total()]).toEqual(['rolled-back', 0]);
    expect(entry()).toMatchObject({ items: nothing, effects: { commit: 1, rollback: 1 } });
    expect(entry()).toMatchObject({
      chunks: [{ effects: { commit: 1, rollback: 1 } }, {}, { effects: { commit: 0, rollback: 0 } }],
    });
  });

  it('is not rolled back while a chunk of it may still come', () => {
    commit(0);
    rollback(0);
    expect([entry()?.state, books.query('t')]).toEqual(['rolled-back', 'partial']);
    rollback(1, 2);
    expect(books.query('t')).toBe('rolled-back');
  });

  it('is not committed by as many items of another batch', () => {
    commit(0, 1);
    books.commit('t', { ...chunk(2), batch: { ...batch, count: 6 } });
    expect(books.query('t')).toBe('partial');
  });

  it('refuses other items, another sum or another count under a known chunk', () => {
    commit(0);
    const other = { ...chunk(0), goods: { ...goods(0, 2), items: payments(7, 2) } };
    expect(books.commit('t', other)).toEqual({ refused: 'mismatch' });
    expect(books.commit('t', { ...chunk(0), goods: goods(0, 1) })).toEqual({ refused: 'mismatch' });
    expect(books.rollback('t', {}, { chunk: 0, goods: { count: 2, amount_minor: 5_001 } })).toEqual({
      refused: 'mismatch',
    });
    expect(entry()).toMatchObject({ items: { count: 2, amount_minor: 5_000 } });
  });

  it('refuses a late chunk, and only that one', () => {
    expect(books.commit('t', { ...chunk(0), notAfter: 999 })).toEqual({ refused: 'too-late' });
    expect(commit(1)).toEqual([{ state: 'committed', did: 'commit' }]);
  });

  it('counts for each item how often it was loaded and reversed', () => {
    commit(0, 1, 1);
    rollback(1);
    expect(books.item('t', 'p-0')).toEqual({ token: 't', id: 'p-0', loaded: 1, reversed: 0 });
    expect(books.item('t', 'p-2')).toEqual({ token: 't', id: 'p-2', loaded: 1, reversed: 1 });
    expect(books.item('t', 'p-4')).toEqual({ token: 't', id: 'p-4', loaded: 0, reversed: 0 });
    expect(books.item('other', 'p-0')).toMatchObject({ loaded: 0 });
  });

  it('counts an item in two chunks as loaded twice', () => {
    commit(0);
    books.commit('t', { chunk: 1, batch, goods: goods(1, 2) });
    expect(books.item('t', 'p-1')).toMatchObject({ loaded: 2 });
  });

  it('is reserved chunk by chunk where an office reserves, and each hold expires by itself', () => {
    books = changeBooks({ clock: { now: () => time.now }, reserves: true, holdMs: 500 });
    for (const index of [0, 1, 2])
      expect(books.prepare('t', chunk(index))).toMatchObject({ state: 'reserved', until: 1_500 });
    expect(books.query('t')).toBe('reserved');
    commit(0);
    expect(books.query('t')).toBe('partial');
    time.now = 1_501;
    expect(commit(1)).toEqual([{ refused: 'unknown-hold' }]);
    expect(entry()).toMatchObject({ items: { count: 2, amount_minor: 5_000 } });
  });

  it('leaves the entries of single changes as they are', () => {
    books.commit('single', { delta_usd: 25 });
    expect(Object.keys(entry() ?? {})).toEqual(['token', 'state', 'effects', 'calls', 'delta_usd']);
  });
});
