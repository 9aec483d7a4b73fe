import { beforeEach, describe, expect, it } from 'vitest';
import { slotFields } from '#domain/reservations/slots/slot-fields.ts';
import { losingAnswers, problemOf, type World, world } from './reservations-world.ts';

let w: World;
beforeEach(() => {
  w = world();
});

describe('putting a slot', () => {
  it('makes it, free, as version 1', async () => {
    expect(await w.put({ ifNoneMatch: true })).toMatchObject({
      created: true,
      slot: { v: 1, state: 'free', site: 'Gym' },
    });
    expect((await w.relay()).events).toMatchObject([
      { type: 'slot.changed', v: 1, data: { slot_id: 42, state: 'free' } },
    ]);
  });

  it('that exists, without If-Match, is refused with 428', async () => {
    await w.put();
    expect(await problemOf(w.put({ site: 'Hall' }))).toMatchObject({
      code: 'precondition-required',
      status: 428,
    });
  });

  it('that exists, with If-None-Match, is refused with 412', async () => {
    await w.put();
    expect(await problemOf(w.put({ ifNoneMatch: true }))).toMatchObject({
      code: 'precondition-failed',
      status: 412,
    });
  });

  it('with If-Match changes the named version only', async () => {
    await w.put({ price: { amount: 100, currency: 'USD' }, brands: ['Pfizer'] });
    expect(await w.put({ site: 'Hall', ifMatch: [7, 1] })).toMatchObject({
      created: false,
      slot: { v: 2, site: 'Hall' },
    });
    expect(await w.slot()).not.toHaveProperty('price');
    expect(await problemOf(w.put({ site: 'Court', ifMatch: [1] }))).toMatchObject({
      code: 'precondition-failed',
      status: 412,
    });
    expect(await w.put({ site: 'Court', ifMatch: 'any' })).toMatchObject({ slot: { v: 3, site: 'Court' } });
  });

  it('with If-Match on a slot that does not exist, or with a tag that is no version, is refused', async () => {
    expect(await problemOf(w.put({ ifMatch: 'any' }))).toMatchObject({ code: 'precondition-failed' });
    await w.put();
    expect(await problemOf(w.put({ ifMatch: [] }))).toMatchObject({ code: 'precondition-failed' });
  });

  it('between a hold and its booking disturbs neither', async () => {
    await w.put();
    w.outside.next('check', async () => void (await w.put({ site: 'Hall', ifMatch: 'any' })));
    const { id } = await w.reserve('a');
    expect(await w.slot()).toMatchObject({ state: 'booked', site: 'Hall' });
    expect(await w.find(id)).toMatchObject({ state: 'booked' });
  });

  it('whose first answer was lost is answered as its own success', async () => {
    expect(await w.put({}, losingAnswers(w.store, 'make-slot'))).toMatchObject({
      created: true,
      slot: { v: 1 },
    });
    expect(await w.put({ ifMatch: [1], site: 'Hall' }, losingAnswers(w.store, 'change-slot'))).toMatchObject({
      slot: { v: 2, site: 'Hall' },
    });
  });
});

describe('the fields of a slot', () => {
  const good = { site: 'Gym', starts_at: '2027-01-15T09:00:00Z' };

  it('have times in RFC 3339, stored in UTC', () => {
    expect(slotFields.parse({ ...good, starts_at: '2027-01-15T09:00:00+01:00' }).starts_at).toBe(
      '2027-01-15T08:00:00.000Z',
    );
  });

  it.each([
    ['a time that UTC moves past the year 9999', { starts_at: '9999-12-31T23:59:59-12:00' }],
    ['a time without its zone', { starts_at: '2027-01-15T09:00:00' }],
    ['an end before its start', { ends_at: '2027-01-15T08:59:59Z' }],
    ['a site of more than 64 bytes', { site: 'é'.repeat(33) }],
    ['a site of blanks', { site: '   ' }],
    ['a site that is not valid Unicode', { site: 'Gym \ud800' }],
    ['a price in fractions', { price: { amount: 1.5, currency: 'USD' } }],
    ['an invalid currency', { price: { amount: 1, currency: 'usd' } }],
    ['an unknown brand', { brands: ['Acme'] }],
    ['a brand twice', { brands: ['Pfizer', 'Pfizer'] }],
    ['an unknown field', { state: 'booked' }],
  ])('refuse %s', (_, field) => {
    expect(slotFields.safeParse({ ...good, ...field }).success).toBe(false);
  });
});
