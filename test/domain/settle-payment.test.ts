import { beforeEach, describe, expect, it } from 'vitest';
import { holdOf, leaseMs, marginMs, problemOf, type World, world } from './reservations-world.ts';

let w: World;
let hold: string;
const open = async () => [...((await w.slot()).open ?? [])];

beforeEach(async () => {
  w = world();
  await w.put({ price: { amount: 2500, currency: 'USD' } });
});

const booked = async () => {
  const { id } = await w.reserve('a');
  hold = holdOf(id);
  return id;
};
const refused = async () => {
  w.outside.next('check', 'refuse');
  await problemOf(w.reserve('a'));
  hold = (await w.slot()).event.attempt;
};

describe('settling a payment', () => {
  it('captures the payment of a booking', async () => {
    await booked();
    expect(await w.settle({ hold })).toBe('captured');
    expect(w.outside.payment(hold)).toMatchObject({ state: 'captured', effects: { capture: 1 } });
    expect(await open()).toEqual([]);
  });

  it('voids the payment of a hold that was not booked', async () => {
    await refused();
    expect(await w.settle({ hold })).toBe('voided');
    expect(w.outside.payment(hold)).toMatchObject({ state: 'voided' });
    expect(await open()).toEqual([]);
  });

  it('refunds a captured payment when the booking is cancelled', async () => {
    const id = await booked();
    await w.settle({ hold });
    await w.cancel(id);
    expect(await open()).toEqual([hold]);
    expect(await w.settle({ hold })).toBe('refunded');
    expect(w.outside.payment(hold)).toMatchObject({
      state: 'refunded',
      effects: { capture: 1, refund: 1, void: 0 },
    });
  });

  it('releases a hold whose process has died, publishes slot.lapsed, and voids the payment', async () => {
    const died = Promise.withResolvers<void>();
    w.outside.next('authorize', () => {
      died.resolve();
      return new Promise(() => {});
    });
    void w.reserve('a');
    await died.promise;
    hold = (await w.slot()).hold!;
    w.pass(leaseMs + marginMs);
    await w.relay();
    expect(await w.settle({ hold })).toBe('voided');
    expect(await w.slot()).toMatchObject({ state: 'free', event: { type: 'slot.lapsed' } });
    expect((await w.relay()).events.map(({ type }) => type)).toEqual(['slot.lapsed']);
  });

  it('leaves a tombstone, so that a late authorisation finds it was voided', async () => {
    w.outside.next('authorize', 'away');
    await problemOf(w.reserve('a'));
    hold = (await w.slot()).event.attempt;
    await w.settle({ hold });
    const late = w.outside.payments.authorize(hold, {
      amount: 2500,
      currency: 'USD',
      notAfter: w.clock.now() + leaseMs,
    });
    expect(late).toEqual({ refused: 'voided' });
  });
});
