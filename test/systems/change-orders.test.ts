import { beforeEach, describe, expect, it } from 'vitest';
import { books, type Call, entry, none, open, order, run, time } from './books-by-calls.ts';

beforeEach(() => {
  time.now = 1_000;
});

/** `path` is the calls that lead to the state before `call`. */
type Row = [path: string, call: Call, answer: string, effects: Partial<typeof none>];
const holds = ([path, call, answer, effects]: Row) => {
  run(path);
  expect(run(call)).toEqual([answer]);
  expect(entry()?.effects).toEqual({ ...none, ...effects });
  expect(entry()?.calls.at(-1)).toMatchObject({ at: 1_000, call });
};

describe('an office that reserves', () => {
  it.each<Row>([
    ['', 'prepare', 'reserved', { prepare: 1 }],
    ['', 'commit', 'refused: unknown-hold', {}],
    ['', 'rollback', 'refused: not-found', {}],
    ['prepare', 'prepare', 'reserved already', { prepare: 1 }],
    ['prepare', 'commit', 'committed', { prepare: 1, commit: 1 }],
    ['prepare', 'rollback', 'rolled-back', { prepare: 1, release: 1 }],
    ['prepare commit', 'prepare', 'committed already', { prepare: 1, commit: 1 }],
    ['prepare commit', 'commit', 'committed already', { prepare: 1, commit: 1 }],
    ['prepare commit', 'rollback', 'rolled-back', { prepare: 1, commit: 1, rollback: 1 }],
    ['prepare rollback', 'prepare', 'refused: rolled-back', { prepare: 1, release: 1 }],
    ['prepare rollback', 'commit', 'refused: rolled-back', { prepare: 1, release: 1 }],
    ['prepare rollback', 'rollback', 'rolled-back already', { prepare: 1, release: 1 }],
    ['prepare commit rollback', 'commit', 'refused: rolled-back', { prepare: 1, commit: 1, rollback: 1 }],
    ['rollback', 'prepare', 'refused: rolled-back', {}],
    ['rollback', 'commit', 'refused: rolled-back', {}],
    ['rollback', 'rollback', 'refused: not-found', {}],
  ])('after "%s", %s is %s', (...row) => {
    open({ reserves: true });
    holds(row);
  });

  it('answers the end of a hold, the same in a repeat, and forgets the hold afterwards', () => {
    open({ reserves: true, holdMs: 500 });
    expect(books.prepare('t', order)).toEqual({ state: 'reserved', did: 'prepare', until: 1_500 });
    time.now = 1_500;
    expect(books.prepare('t', order)).toEqual({ state: 'reserved', until: 1_500 });
    expect(books.query('t')).toBe('reserved');
    time.now = 1_501;
    expect([books.query('t'), entry()?.state]).toEqual(['absent', 'absent']);
    expect(run('commit prepare commit')).toEqual(['refused: unknown-hold', 'reserved', 'committed']);
    time.now = 9_000;
    expect(books.query('t')).toBe('committed');
  });
});

describe('an office with dry runs', () => {
  it.each<Row>([
    ['', 'prepare', 'absent already', {}],
    ['', 'commit', 'committed', { commit: 1 }],
    ['prepare', 'rollback', 'refused: not-found', {}],
    ['prepare rollback', 'commit', 'refused: rolled-back', {}],
    ['commit', 'prepare', 'committed already', { commit: 1 }],
    ['commit', 'commit', 'committed already', { commit: 1 }],
    ['commit rollback', 'commit', 'refused: rolled-back', { commit: 1, rollback: 1 }],
  ])('after "%s", %s is %s', (...row) => {
    open();
    holds(row);
  });
});
