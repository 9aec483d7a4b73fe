import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { apiKeysOn } from '#domain/access/api-keys.ts';
import { callersOn } from '#domain/access/callers.ts';
import { createKey } from '#domain/access/change-keys.ts';
import { newId } from '#lib/ids.ts';
import { problemOf, tenant, type World, world } from './reservations-world.ts';

type Cost = { 'AWS calls': number; 'write units': number; 'outside calls': number; hops: number };

let w: World;
let reserve: (key: string) => Promise<unknown>;

beforeEach(async () => {
  w = world();
  await w.put({ price: { amount: 2500, currency: 'USD' }, brands: ['Pfizer', 'Moderna', 'Novavax'] });
  const { key } = await createKey(
    { tenant, role: 'booker' },
    { accesses: apiKeysOn(w.store), clock: w.clock, newId },
  );
  const callers = callersOn(w.store);
  await callers(key); // warm: a function reads a tenant's keys once a minute
  reserve = async (idempotencyKey) => {
    const caller = (await callers(key))!;
    return w.reserve(idempotencyKey, { tenant: caller.tenant });
  };
});

async function costOf(doing: () => Promise<unknown>): Promise<Cost> {
  w.meter.reset();
  await doing();
  return {
    'AWS calls': w.meter.labels('table').length,
    'write units': w.meter.writeUnits(),
    'outside calls': w.meter.labels('outside').length,
    hops: w.meter.rounds(),
  };
}

describe('the cost of a reservation', () => {
  const figures: Record<string, Cost> = {};
  const measured = async (name: string, doing: () => Promise<unknown>) => {
    figures[name] = await costOf(doing);
    return figures[name];
  };
  beforeAll(() => () => console.table(figures));

  it('booked: two writes of one unit, and three hops in a row, as the checks run in parallel', async () => {
    expect(await measured('booked', () => reserve('a'))).toEqual({
      'AWS calls': 2,
      'write units': 2,
      'outside calls': 2,
      hops: 3,
    });
    expect(w.meter.labels('table')).toEqual(['hold', 'confirm']);
  });

  it('a repeat: one write, no read, no call to an outside system', async () => {
    await reserve('a');
    expect(await measured('repeat', () => reserve('a'))).toEqual({
      'AWS calls': 1,
      'write units': 1,
      'outside calls': 0,
      hops: 1,
    });
  });

  it('taken: one write, no read, no call to an outside system', async () => {
    await reserve('a');
    const cost = await measured('taken', () => problemOf(reserve('b')));
    expect(cost).toEqual({ 'AWS calls': 1, 'write units': 1, 'outside calls': 0, hops: 1 });
  });

  it('refused: two writes, and one for its repeat', async () => {
    w.outside.next('check', 'refuse');
    expect(await measured('refused', () => problemOf(reserve('a')))).toEqual({
      ...{ 'AWS calls': 2, 'write units': 2, 'outside calls': 2, hops: 3 },
    });
    const again = await measured('refused again', () => problemOf(reserve('a')));
    expect(again).toEqual({ 'AWS calls': 1, 'write units': 1, 'outside calls': 0, hops: 1 });
  });

  it('a hundred callers for one slot: one winner, and 101 calls to AWS', async () => {
    const keys = Array.from({ length: 100 }, (_, i) => `caller-${i}`);
    const answers: PromiseSettledResult<unknown>[] = [];
    const cost = await measured(
      '100 callers',
      async () => void answers.push(...(await Promise.allSettled(keys.map(reserve)))),
    );
    expect(cost).toEqual({ 'AWS calls': 101, 'write units': 101, 'outside calls': 2, hops: 3 });
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(
      answers.filter((answer) => answer.status === 'rejected' && answer.reason.code === 'slot-taken'),
    ).toHaveLength(99);
  });
});
