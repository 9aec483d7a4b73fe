import { beforeEach, describe, expect, it } from 'vitest';
import { readPayment } from '#domain/reservations/payments/payments.ts';
import { holdOf, losingAnswers, problemOf, tenant, type World, world } from './reservations-world.ts';

let w: World;
let hold: string;
const state = async () => (await readPayment({ table: w.memory }, tenant, hold))?.state;
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

describe('settling a payment', () => {
  it('again changes nothing and moves no money', async () => {
    await booked();
    await w.settle({ hold });
    const { v } = await w.slot();
    expect(await w.settle({ hold })).toBe('captured');
    expect(w.outside.payment(hold)?.effects.capture).toBe(1);
    expect((await w.slot()).v).toBe(v);
  });

  it('throws while the clearinghouse is unavailable, so that the message comes again', async () => {
    await booked();
    w.outside.next('capture', 'away', 'lost');
    expect(await problemOf(w.settle({ hold }))).toMatchObject({ name: 'Unreached' });
    expect(await problemOf(w.settle({ hold }))).toMatchObject({ name: 'Unreached' });
    expect([await state(), await open()]).toEqual(['capturing', [hold]]);
    expect(await w.settle({ hold })).toBe('captured');
    expect(w.outside.payment(hold)?.effects.capture).toBe(1);
  });

  it('finishes a capture that another worker began, and refunds it if the booking was cancelled meanwhile', async () => {
    const id = await booked();
    w.outside.next('capture', 'lost');
    await problemOf(w.settle({ hold }));
    await w.cancel(id);
    expect(await w.settle({ hold })).toBe('refunded');
    expect(w.outside.payment(hold)?.effects).toMatchObject({ capture: 1, refund: 1 });
  });

  it('by two workers at once moves the money once', async () => {
    await booked();
    await Promise.allSettled([w.settle({ hold }), w.settle({ hold }), w.settle({ hold })]);
    expect(await w.settle({ hold })).toBe('captured');
    expect(w.outside.payment(hold)?.effects.capture).toBe(1);
  });

  it.each(['capturing', 'captured', 'close'])(
    'recognises its own write when the answer to %s was lost',
    async (label) => {
      await booked();
      expect(await w.settle({ hold }, losingAnswers(w.store, label))).toBe('captured');
      expect(await open()).toEqual([]);
    },
  );

  it('compares again when the booking is cancelled just before the hold is closed', async () => {
    const id = await booked();
    const { table } = w.store;
    let raced = false;
    const racing = {
      ...table,
      async updateItem(write: Parameters<typeof table.updateItem>[0]) {
        if (write.label === 'close' && !raced) {
          raced = true;
          await w.cancel(id);
        }
        return table.updateItem(write);
      },
    };
    expect(await w.settle({ hold }, { table: racing })).toBe('refunded');
    expect(await open()).toEqual([]);
  });
});
