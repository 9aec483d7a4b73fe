import { beforeEach, describe, expect, it } from 'vitest';
import { holdOf, problemOf, type World, world } from './reservations-world.ts';

let w: World;
beforeEach(async () => {
  w = world();
  await w.put({ price: { amount: 2500, currency: 'USD' }, brands: ['Pfizer', 'Moderna'] });
  w.meter.reset();
});

describe('one Idempotency-Key for two different commands', () => {
  it('is refused without a word about the first', async () => {
    const { id } = await w.reserve('a', { brand: 'Pfizer' });
    const problem = await problemOf(w.reserve('a', { brand: 'Moderna' }));
    expect(problem).toMatchObject({ code: 'idempotency-key-reused', status: 422 });
    expect(JSON.stringify([problem.message, problem.extras])).not.toMatch(
      new RegExp(`Pfizer|${id}|${holdOf(id)}`),
    );
  });

  it('is refused while the first still runs, and after it was refused', async () => {
    const during: unknown[] = [];
    w.outside.next(
      'check',
      async () => void during.push(await problemOf(w.reserve('a', { brand: 'Moderna' }))),
    );
    w.outside.next('authorize', 'refuse');
    await problemOf(w.reserve('a'));
    expect(during).toMatchObject([{ code: 'idempotency-key-reused' }]);
    expect(await problemOf(w.reserve('a', { brand: 'Moderna' }))).toMatchObject({
      code: 'idempotency-key-reused',
    });
  });
});

describe('the preferred brand', () => {
  it('is stored with the booking, and answered to a repeat', async () => {
    const first = await w.reserve('a', { brand: 'Moderna' });
    expect(first.brand).toBe('Moderna');
    expect(await w.reserve('a', { brand: 'Moderna' })).toEqual({
      id: first.id,
      brand: 'Moderna',
      replayed: true,
    });
  });

  it('left out makes the same command in v1 and v2', async () => {
    const { id } = await w.reserve('a');
    expect(await w.reserve('a', { brand: undefined as never })).toEqual({ id, replayed: true });
  });

  it('that the slot does not offer is refused before a hold', async () => {
    expect(await problemOf(w.reserve('a', { brand: 'Sanofi' }))).toMatchObject({
      code: 'brand-not-offered',
      status: 409,
    });
    expect(await w.slot()).toMatchObject({ v: 1, state: 'free' });
  });

  it('may be any brand where the slot lists none', async () => {
    await w.put({ slot: 43 });
    expect((await w.reserve('a', { slot: 43, brand: 'Sanofi' })).brand).toBe('Sanofi');
  });
});
