import { beforeEach, describe, expect, it } from 'vitest';
import { bookedSlotsOn } from '#domain/reservations/slots/booked-slots.ts';
import type { Slot } from '#domain/reservations/slots/slot.ts';
import {
  holdOf,
  leaseMs,
  losingAnswers,
  problemOf,
  tenant,
  type World,
  world,
} from './reservations-world.ts';

let w: World;
beforeEach(async () => {
  w = world();
  await w.put({ price: { amount: 2500, currency: 'USD' }, brands: ['Pfizer', 'Moderna'] });
  w.meter.reset();
});

describe('reserving a slot', () => {
  it('books a free slot for the first caller', async () => {
    const { id, replayed } = await w.reserve('a');
    expect(id).toMatch(/^res_[\w-]{27}$/);
    expect(replayed).toBe(false);
    expect(await w.slot()).toMatchObject({
      state: 'booked',
      hold: holdOf(id),
      outcome: { at: w.clock.now() },
    });
    expect(w.outside.payment(holdOf(id))).toMatchObject({
      state: 'authorized',
      amount: 2500,
      currency: 'USD',
    });
  });

  it('answers slot-taken to the second caller, without a call to an outside system', async () => {
    const { id } = await w.reserve('a');
    expect(await problemOf(w.reserve('b'))).toMatchObject({ code: 'slot-taken', status: 409 });
    expect(w.outside.checks.entries()).toHaveLength(1);
    expect((await w.slot()).hold).toBe(holdOf(id));
  });

  it('answers Retry-After to another caller while the slot is only held', async () => {
    const during: unknown[] = [];
    w.outside.next('check', async () => {
      w.pass(12_000);
      during.push(await problemOf(w.reserve('b')));
    });
    await w.reserve('a');
    expect(during).toMatchObject([{ code: 'slot-taken', extras: { retryAfter: 18 } }]);
  });

  it('answers a repeat with the same reservation, marked as replayed', async () => {
    const first = await w.reserve('a');
    expect(await w.reserve('a')).toEqual({ id: first.id, replayed: true });
  });

  it('answers request-in-progress to a repeat while the first request runs', async () => {
    const during: unknown[] = [];
    w.outside.next('authorize', async () => void during.push(await problemOf(w.reserve('a'))));
    await w.reserve('a');
    expect(during).toMatchObject([
      { code: 'request-in-progress', status: 409, extras: { retryAfter: leaseMs / 1000 } },
    ]);
  });

  it('keeps the same key of two tenants apart', async () => {
    await w.reserve('a');
    expect(await problemOf(w.reserve('a', { tenant: 'other' }))).toMatchObject({ code: 'not-found' });
  });

  it('is not found for a slot that was never made', async () => {
    expect(await problemOf(w.reserve('a', { slot: 43 }))).toMatchObject({ code: 'not-found', status: 404 });
    expect(w.meter.labels('outside')).toEqual([]);
  });
});

describe('a lost answer', () => {
  it.each(['hold', 'confirm'])('to the %s is recognised as the request’s own success', async (label) => {
    const { id, replayed } = await w.reserve('a', {}, losingAnswers(w.store, label));
    expect(replayed).toBe(false);
    expect(await w.slot()).toMatchObject({ state: 'booked', hold: holdOf(id), v: 3 });
  });

  it('to the hold does not take the slot again if it was released before the repeat', async () => {
    const { table } = w.store;
    const slow = {
      ...table,
      async updateItem(write: Parameters<typeof table.updateItem>[0]) {
        if (write.label !== 'hold') return table.updateItem(write);
        const { item } = await table.updateItem(write);
        await bookedSlotsOn(w.store).letGo(tenant, 42, (item as Slot).hold!);
        return table.updateItem(write);
      },
    };
    expect(await problemOf(w.reserve('a', {}, { table: slow }))).toMatchObject({
      code: 'hold-lost',
      status: 503,
    });
    expect(await w.slot()).toMatchObject({ state: 'free' });
    expect(w.meter.labels('outside')).toEqual([]);
  });

  it('to the release still answers the refusal', async () => {
    w.outside.next('check', 'refuse');
    expect(await problemOf(w.reserve('a', {}, losingAnswers(w.store, 'release')))).toMatchObject({
      code: 'check-refused',
    });
    expect(await w.slot()).toMatchObject({ state: 'free', v: 3 });
  });
});
