import { beforeEach, describe, expect, it } from 'vitest';
import { changeBooks } from '#examples/systems/change-books.ts';

const none = { prepare: 0, commit: 0, rollback: 0, release: 0 };
const time = { now: 1_000 };
const order = { delta_usd: 25, notAfter: 2_000 };
let books: ReturnType<typeof changeBooks>;
const entry = () => books.entries()[0];
const open = (traits: Omit<Parameters<typeof changeBooks>[0], 'clock'> = {}) => {
  books = changeBooks({ clock: { now: () => time.now }, ...traits });
};
const calls = {
  prepare: () => books.prepare('t', order),
  commit: () => books.commit('t', order),
  rollback: () => books.rollback('t'),
};
type Call = keyof typeof calls;
const run = (path: string) => (path.match(/\w+/g) ?? []).map((call) => told(calls[call as Call]()));
const told = (answer: ReturnType<typeof books.commit>) =>
  'refused' in answer ? `refused: ${answer.refused}` : answer.state + (answer.did ? '' : ' already');

beforeEach(() => {
  time.now = 1_000;
});

/** The books are brought there by the calls of `path`. */
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

  it('says until when it holds, keeps to that in a repeat, and knows the hold no longer afterwards', () => {
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

describe('an office that only looks', () => {
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

describe('its books', () => {
  it('do a commit again that comes again, where repeats are not recognised', () => {
    open({ idempotent: 'none' });
    expect(run('commit commit rollback rollback')).toEqual([
      'committed',
      'committed',
      'rolled-back',
      'rolled-back already',
    ]);
    expect(entry()?.effects).toEqual({ ...none, commit: 2, rollback: 1 });
  });

  it('let the late original in after a rollback, where there is no tombstone', () => {
    open({ tombstone: false });
    expect(run('rollback commit rollback commit')).toEqual([
      'refused: not-found',
      'committed',
      'rolled-back',
      'refused: rolled-back',
    ]);
  });

  it('refuse what arrives past its time, by its arrival when they act later, unless nobody looks at the time', () => {
    open();
    time.now = 2_001;
    expect(run('prepare commit')).toEqual(['refused: too-late', 'refused: too-late']);
    expect(told(books.commit('t', order, { arrivedAt: 2_000 }))).toBe('committed');
    expect(run('commit')).toEqual(['committed already']);
    expect(told(books.commit('untimed', { delta_usd: 1 }))).toBe('committed');
    open({ honoursNotAfter: false });
    expect(run('commit')).toEqual(['committed']);
  });

  it('refuse another amount under the same token', () => {
    open({ reserves: true });
    const other = { ...order, delta_usd: 26 };
    books.prepare('t', order);
    expect(books.prepare('t', other)).toEqual({ refused: 'mismatch' });
    expect(books.commit('t', other)).toEqual({ refused: 'mismatch' });
    expect(told(books.commit('t'))).toBe('committed');
    expect(books.total()).toBe(25);
  });

  it('refuse once when told to, change nothing by it, and never deny what is done', () => {
    open({ reserves: true });
    const refuse = { refuse: true };
    expect(books.prepare('t', order, refuse)).toEqual({ refused: 'declined' });
    run('prepare');
    expect(books.commit('t', order, refuse)).toEqual({ refused: 'declined' });
    run('commit');
    expect(told(books.commit('t', order, refuse))).toBe('committed already');
    expect(books.rollback('t', refuse)).toEqual({ refused: 'declined' });
    expect(entry()?.effects).toEqual({ ...none, prepare: 1, commit: 1 });
  });

  it('add up what is committed now, to the cent', () => {
    open();
    for (const [token, delta_usd] of Object.entries({ a: 0.1, b: 0.2, c: -5, d: 70 }))
      books.commit(token, { delta_usd });
    books.rollback('d');
    books.prepare('e', order);
    expect(books.total()).toBe(-4.7);
  });

  it('are asked without a trace, and kept to themselves', () => {
    open();
    expect([books.query('t'), ...books.entries()]).toEqual(['absent']);
    books.commit('t', order);
    for (const copy of books.entries()) copy.state = 'absent';
    expect(books.query('t')).toBe('committed');
    books.rollback('never-seen');
    expect(books.query('never-seen')).toBe('rolled-back');
  });
});
