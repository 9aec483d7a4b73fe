import { beforeEach, describe, expect, it } from 'vitest';
import { accepted, mainframeAt, none, reversed } from './mainframe-at.ts';
import { items, key, type Said } from './mainframe-layout.ts';

let at: ReturnType<typeof mainframeAt>;
beforeEach(() => {
  at = mainframeAt();
});

describe('a reversal file', () => {
  it('reverses a booked file once, however old it is', async () => {
    await at.load();
    at.time.now += 6 * 86_400_000;
    for (const _ of [1, 2]) expect(await at.reverse()).toBe(reversed);
    expect(at.entry()).toMatchObject({
      state: 'rolled-back',
      effects: { ...none, commit: 1, rollback: 1 },
      items: { count: 0, amount_minor: 0 },
    });
    expect(await at.load()).toBe(accepted);
    expect(at.entry()).toMatchObject({ state: 'rolled-back', effects: { commit: 1, rollback: 1 } });
  });

  it('not-found: of an unknown file leaves a tombstone', async () => {
    for (const _ of [1, 2]) expect(await at.reverse()).toBe('REJECTED reason=not-found');
    expect(at.entry()).toMatchObject({ state: 'rolled-back', effects: none });
    expect(await at.load()).toBe('REJECTED reason=voided');
  });

  it('not-found: of a refused file', async () => {
    at.orders.give({ call: 'process', behaviour: 'refuse' });
    expect(await at.load()).toBe('REJECTED reason=declined');
    expect(await at.reverse()).toBe('REJECTED reason=not-found');
  });

  it.each<[answer: string, said: Said]>([
    ['mismatch item=a1', { items: [{ id: 'a1', amount_minor: 2_400 }, ...items.slice(1)] }],
    ['mismatch', { items: items.slice(0, 2) }],
    ['mismatch item=a4', { items: [...items, { id: 'a4', amount_minor: 1 }] }],
  ])('%s: of other content than was booked', async (answer, said) => {
    await at.load();
    expect(await at.reverse(said)).toBe(`REJECTED reason=${answer}`);
    expect(at.entry()).toMatchObject({ state: 'committed', effects: { rollback: 0 } });
  });
});

it('the mainframe counts for each item how often it was loaded and reversed', async () => {
  const item = (id: string) => at.books.item(key, id);
  expect(item('a1')).toEqual({ token: key, id: 'a1', loaded: 0, reversed: 0 });
  await at.load();
  expect([item('a1'), item('zz')]).toMatchObject([
    { loaded: 1, reversed: 0 },
    { loaded: 0, reversed: 0 },
  ]);
  await at.reverse();
  expect(item('a1')).toMatchObject({ loaded: 1, reversed: 1 });
});
