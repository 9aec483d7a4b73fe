import { beforeEach, describe, expect, it } from 'vitest';
import { books, entry, none, open, order, outcomeOf, run, time } from './books-by-calls.ts';

beforeEach(() => {
  time.now = 1_000;
});

describe('the books of an office', () => {
  it('commit a repeat again where repeats are not recognised', () => {
    open({ idempotent: 'none' });
    expect(run('commit commit rollback rollback')).toEqual([
      'committed',
      'committed',
      'rolled-back',
      'rolled-back already',
    ]);
    expect(entry()?.effects).toEqual({ ...none, commit: 2, rollback: 1 });
  });

  it('commit a late original after a rollback where there are no tombstones', () => {
    open({ tombstone: false });
    expect(run('rollback commit rollback commit')).toEqual([
      'refused: not-found',
      'committed',
      'rolled-back',
      'refused: rolled-back',
    ]);
  });

  it('refuse calls past their notAfter, judged by arrival, unless the office ignores it', () => {
    open();
    time.now = 2_001;
    expect(run('prepare commit')).toEqual(['refused: too-late', 'refused: too-late']);
    expect(outcomeOf(books.commit('t', order, { arrivedAt: 2_000 }))).toBe('committed');
    expect(run('commit')).toEqual(['committed already']);
    expect(outcomeOf(books.commit('untimed', { delta_usd: 1 }))).toBe('committed');
    open({ honoursNotAfter: false });
    expect(run('commit')).toEqual(['committed']);
  });

  it('refuse another amount under the same token', () => {
    open({ reserves: true });
    const other = { ...order, delta_usd: 26 };
    books.prepare('t', order);
    expect(books.prepare('t', other)).toEqual({ refused: 'mismatch' });
    expect(books.commit('t', other)).toEqual({ refused: 'mismatch' });
    expect(outcomeOf(books.commit('t'))).toBe('committed');
    expect(books.total()).toBe(25);
  });

  it('refuse once when told to, without an effect, and never deny a finished commit', () => {
    open({ reserves: true });
    const refuse = { refuse: true };
    expect(books.prepare('t', order, refuse)).toEqual({ refused: 'declined' });
    run('prepare');
    expect(books.commit('t', order, refuse)).toEqual({ refused: 'declined' });
    run('commit');
    expect(outcomeOf(books.commit('t', order, refuse))).toBe('committed already');
    expect(books.rollback('t', refuse)).toEqual({ refused: 'declined' });
    expect(entry()?.effects).toEqual({ ...none, prepare: 1, commit: 1 });
  });

  it('add up committed amounts to the cent', () => {
    open();
    for (const [token, delta_usd] of Object.entries({ a: 0.1, b: 0.2, c: -5, d: 70 }))
      books.commit(token, { delta_usd });
    books.rollback('d');
    books.prepare('e', order);
    expect(books.total()).toBe(-4.7);
  });

  it('can be queried without a trace, and return copies', () => {
    open();
    expect([books.query('t'), ...books.entries()]).toEqual(['absent']);
    books.commit('t', order);
    for (const copy of books.entries()) copy.state = 'absent';
    expect(books.query('t')).toBe('committed');
    books.rollback('never-seen');
    expect(books.query('never-seen')).toBe('rolled-back');
  });
});
