import { beforeEach, describe, expect, it } from 'vitest';
import { readPayment } from '#domain/reservations/payments/payments.ts';
import { holdOf, problemOf, tenant, type World, world } from './reservations-world.ts';

let w: World;
let hold: string;
let id: string;
const state = async () => (await readPayment({ table: w.memory }, tenant, hold))?.state;
const open = async () => [...((await w.slot()).open ?? [])];

beforeEach(async () => {
  w = world();
  await w.put({ price: { amount: 2500, currency: 'USD' } });
  id = (await w.reserve('a')).id;
  hold = holdOf(id);
});

describe('a crash while a payment is settled', () => {
  /** Tools of a process that crashes at its nth call, before or after it. */
  const dying = (after: boolean, nth: number) => {
    let calls = 0;
    const { table } = w.store;
    const count = async <T>(call: () => Promise<T>): Promise<T> => {
      calls += 1;
      if (calls > nth || (calls === nth && !after)) throw new Error('crashed');
      const value = await call();
      if (calls === nth) throw new Error('crashed');
      return value;
    };
    return {
      table: {
        ...table,
        getItem: (...a: Parameters<typeof table.getItem>) => count(() => table.getItem(...a)),
        updateItem: (write: Parameters<typeof table.updateItem>[0]) => count(() => table.updateItem(write)),
      },
    };
  };
  const points = [1, 2, 3, 4, 5, 6, 7].flatMap((nth) => [
    { nth, after: false },
    { nth, after: true },
  ]);

  it.each(points)(
    'at call $nth (after: $after) leaves nothing that the next worker cannot finish',
    async ({ nth, after }) => {
      await w.settle({ hold }, dying(after, nth)).catch(() => {});
      expect(await w.settle({ hold })).toBe('captured');
      await w.cancel(id);
      await w.settle({ hold }, dying(after, nth)).catch(() => {});
      expect(await w.settle({ hold })).toBe('refunded');
      expect(w.outside.payment(hold)?.effects).toEqual({ authorize: 1, capture: 1, void: 0, refund: 1 });
      expect(await open()).toEqual([]);
    },
  );
});

describe('a refused capture', () => {
  beforeEach(async () => {
    w.outside.next('capture', 'refuse');
    expect(await problemOf(w.settle({ hold }))).toMatchObject({ code: 'payment-refused' });
  });

  it('is final: the booking stays, nothing is open, and capture is called once', async () => {
    expect([await state(), await open(), (await w.slot()).state]).toEqual(['capture-refused', [], 'booked']);
    expect(w.meter.labels('outside').filter((label) => label === 'capture')).toHaveLength(1);
  });

  it('is not retried by a repeated message', async () => {
    expect(await problemOf(w.settle({ hold }))).toMatchObject({ code: 'payment-refused' });
    expect(w.meter.labels('outside').filter((label) => label === 'capture')).toHaveLength(1);
  });

  it('is retried when an operator says so', async () => {
    expect(await w.settle({ hold, again: true })).toBe('captured');
  });

  it('is voided when the booking is cancelled, because a bank may still reserve the amount', async () => {
    await w.cancel(id);
    expect(await w.settle({ hold })).toBe('voided');
  });

  it('does not settle a refused refund: it stays open for an operator', async () => {
    await w.settle({ hold, again: true });
    await w.cancel(id);
    w.outside.next('refund', 'refuse');
    expect(await problemOf(w.settle({ hold }))).toMatchObject({ code: 'payment-refused' });
    expect([await state(), await open()]).toEqual(['refunding', [hold]]);
    expect(await w.settle({ hold })).toBe('refunded');
  });
});
