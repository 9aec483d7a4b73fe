import { beforeEach, describe, expect, it } from 'vitest';
import { readPayment } from '#domain/reservations/payments/payments.ts';
import type { Call } from '#lib/outside/outside.ts';
import { holdOf, problemOf, tenant, type World, world } from './reservations-world.ts';

let w: World;
beforeEach(async () => {
  w = world();
  await w.put({ price: { amount: 2500, currency: 'USD' } });
});

const keyOf = ({ about, body }: Call) => about ?? (body as { key: string }).key;
type Answer = (call: Call) => { status: number; body: unknown };

const refusals: [string, Answer][] = [
  [
    'a 201 that says DECLINED with an error',
    () => ({ status: 201, body: { status: 'DECLINED', error: 'insufficient_funds' } }),
  ],
  ['a 200 that did not succeed', () => ({ status: 200, body: { success: false } })],
  ['the word declined', (call) => ({ status: 200, body: { authorization: keyOf(call), state: 'declined' } })],
  ['a problem of RFC 9457', () => ({ status: 400, body: { title: 'No funds', status: 400 } })],
];

const doubts: [string, Answer][] = [
  ['a 202', (call) => ({ status: 202, body: { authorization: keyOf(call), state: 'pending' } })],
  ['a list', () => ({ status: 200, body: [{ state: 'authorized' }, { state: 'captured' }] })],
  ['a yes to another key', () => ({ status: 200, body: { authorization: 'other', state: 'authorized' } })],
  ['a yes without a key', () => ({ status: 200, body: { state: 'captured' } })],
  [
    'a yes with an error',
    (call) => ({ status: 200, body: { authorization: keyOf(call), state: 'captured', error: 'late' } }),
  ],
  ['a key in use', () => ({ status: 409, body: { error: 'this idempotency key is in use' } })],
  ['a wrong path', () => ({ status: 404, body: { error: 'Not Found' } })],
  ['an unknown word', (call) => ({ status: 200, body: { authorization: keyOf(call), state: 'held' } })],
];

describe('an authorisation answered with', () => {
  it.each(refusals)('%s is refused: nothing is booked', async (_, answer) => {
    w.outside.next('authorize', answer);
    expect(await problemOf(w.reserve('a'))).toMatchObject({ code: 'check-refused', status: 400 });
    expect(await w.slot()).toMatchObject({ state: 'free' });
  });

  it.each(doubts)('%s is an outage: nothing is booked, and the same key may try again', async (_, answer) => {
    w.outside.next('authorize', answer);
    expect(await problemOf(w.reserve('a'))).toMatchObject({ code: 'check-unavailable', status: 503 });
    expect(await w.slot()).toMatchObject({ state: 'free' });
    expect((await w.reserve('a')).replayed).toBe(false);
  });
});

describe('a capture answered with', () => {
  const settled = async (answer: Answer) => {
    const hold = holdOf((await w.reserve('a')).id);
    w.outside.next('capture', answer);
    const outcome = await w.settle({ hold }).catch((error: Error) => error);
    const state = async () => (await readPayment({ table: w.memory }, tenant, hold))?.state;
    return { outcome, hold, state };
  };

  it.each(refusals)('%s is no captured payment: it waits for an operator', async (_, answer) => {
    const { outcome, state } = await settled(answer);
    expect(outcome).toMatchObject({ code: 'payment-refused' });
    expect(await state()).toBe('capture-refused');
  });

  it.each(doubts)('%s stays an intent, and the next worker captures it once', async (_, answer) => {
    const { outcome, hold, state } = await settled(answer);
    expect(outcome).toBeInstanceOf(Error);
    expect(await state()).toBe('capturing');
    expect(await w.settle({ hold })).toBe('captured');
    expect(w.outside.payment(hold)?.effects).toMatchObject({ authorize: 1, capture: 1 });
  });
});

describe('an eligibility check answered with', () => {
  it.each<[string, unknown]>([
    ['text instead of a boolean', { eligible: 'perhaps' }],
    ['yes and an error', { eligible: true, error: 'register is closed' }],
    ['a list', [{ eligible: true }]],
  ])('%s is an outage', async (_, body) => {
    w.outside.next('check', () => ({ status: 200, body }));
    expect(await problemOf(w.reserve('a'))).toMatchObject({ code: 'check-unavailable' });
  });
});
