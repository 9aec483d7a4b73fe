import { beforeEach, describe, expect, it } from 'vitest';
import { clearinghouseBooks } from '#examples/systems/clearinghouse-books.ts';

const order = { amount: 0, currency: 'USD', notAfter: 2_000 };
const none = { authorize: 0, capture: 0, void: 0, refund: 0 };
const time = { now: 1_000 };
let books: ReturnType<typeof clearinghouseBooks>;
const entry = () => books.entries()[0];

beforeEach(() => {
  time.now = 1_000;
  books = clearinghouseBooks({ clock: { now: () => time.now } });
});

/** A row is: the calls that lead to a state, the next call, and its answer there. */
const calls = {
  authorize: () => books.authorize('k', order),
  capture: () => books.capture('k'),
  void: () => books.void('k'),
  refund: () => books.refund('k'),
  decline: () => books.decline('k'),
  expire: () => books.expire('k'),
};
type Call = keyof typeof calls;

describe('the books of the clearinghouse', () => {
  it.each<[path: string, call: Call, answer: string]>([
    ['', 'authorize', 'authorized'],
    ['', 'capture', 'refused: unknown'],
    ['', 'refund', 'refused: unknown'],
    ['', 'void', 'voided'],
    ['authorize', 'authorize', 'authorized again'],
    ['authorize', 'capture', 'captured'],
    ['authorize', 'void', 'voided'],
    ['authorize', 'refund', 'refused: authorized'],
    ['authorize capture', 'authorize', 'captured again'],
    ['authorize capture', 'capture', 'captured again'],
    ['authorize capture', 'void', 'refused: captured'],
    ['authorize capture', 'refund', 'refunded'],
    ['authorize capture refund', 'authorize', 'refused: refunded'],
    ['authorize capture refund', 'capture', 'refused: refunded'],
    ['authorize capture refund', 'void', 'refused: refunded'],
    ['authorize capture refund', 'refund', 'refunded again'],
    ['authorize void', 'authorize', 'refused: voided'],
    ['authorize void', 'capture', 'refused: voided'],
    ['authorize void', 'void', 'voided again'],
    ['authorize void', 'refund', 'refused: voided'],
    ['void', 'authorize', 'refused: voided'],
    ['void', 'capture', 'refused: voided'],
    ['void', 'void', 'voided again'],
    ['decline', 'authorize', 'refused: declined'],
    ['decline', 'capture', 'refused: declined'],
    ['decline', 'void', 'voided'],
    ['authorize decline', 'authorize', 'authorized again'],
    ['authorize expire', 'capture', 'refused: expired'],
    ['authorize expire', 'void', 'refused: expired'],
    ['authorize capture expire', 'capture', 'captured again'],
    ['authorize capture expire', 'refund', 'refused: expired'],
  ])('after "%s", %s is %s', (path, call, expected) => {
    for (const step of path.split(' ').filter(Boolean)) calls[step as Call]();
    const before = entry();
    const answer = calls[call]();
    const actual = !answer
      ? 'nothing'
      : 'refused' in answer
        ? `refused: ${answer.refused}`
        : answer.state + (answer.effect ? '' : ' again');
    expect(actual).toBe(expected);
    // The answer agrees with the books: an effect counts once, a refusal and a repeat change
    // nothing.
    const effects = { ...none, ...before?.effects };
    const changed = answer && 'effect' in answer && answer.effect;
    expect(entry()).toMatchObject({
      state: changed ? answer.state : (before?.state ?? 'unknown'),
      effects: changed ? { ...effects, [call]: effects[call as keyof typeof effects] + 1 } : effects,
    });
    expect(entry()?.calls.at(-1)).toEqual({ at: 1_000, call, answer });
  });

  it('refuse a late authorize, judged by its arrival', () => {
    time.now = 2_001;
    expect(books.authorize('k', order)).toEqual({ refused: 'too-late' });
    expect(books.authorize('k', order, 2_000)).toEqual({ state: 'authorized', effect: true });
    expect(books.authorize('k', order)).toEqual({ state: 'authorized', effect: false });
  });

  it('refuse another amount under the same key', () => {
    books.authorize('k', order);
    expect(books.authorize('k', { ...order, amount: 5 })).toEqual({ refused: 'mismatch' });
    expect(books.authorize('k', { ...order, currency: 'EUR' })).toEqual({ refused: 'mismatch' });
    expect(entry()).toMatchObject({ amount: 0, currency: 'USD', effects: { authorize: 1 } });
  });

  it('separate their keys, and return copies', () => {
    books.authorize('a', order);
    books.void('b');
    const copy = books.entries();
    expect(copy.map(({ key, state }) => `${key} ${state}`)).toEqual(['a authorized', 'b voided']);
    for (const one of copy) one.state = 'refunded';
    expect(books.entries().map(({ state }) => state)).toEqual(['authorized', 'voided']);
  });
});
