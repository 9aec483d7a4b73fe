import { describe, expect, it } from 'vitest';
import { inAMinute, openSystems, order } from './open-systems.ts';

describe('the clearinghouse over HTTP', () => {
  it('authorizes, captures and refunds, each once', async () => {
    const { clearinghouse } = await openSystems();
    const settle = (call: string) => clearinghouse.post(`/authorizations/k/${call}`);
    expect(await clearinghouse.post('/authorizations', order())).toEqual({
      status: 201,
      body: { authorization: 'k', state: 'authorized' },
    });
    expect(await clearinghouse.post('/authorizations', order())).toEqual({
      status: 200,
      body: { authorization: 'k', state: 'authorized' },
    });
    for (const _ of [1, 2])
      expect(await settle('capture')).toEqual({
        status: 200,
        body: { authorization: 'k', state: 'captured' },
      });
    expect(await settle('void')).toEqual({ status: 409, body: { error: 'captured' } });
    for (const _ of [1, 2])
      expect(await settle('refund')).toEqual({
        status: 200,
        body: { authorization: 'k', state: 'refunded' },
      });
    expect((await clearinghouse.books()).entries).toMatchObject([
      { key: 'k', effects: { authorize: 1, capture: 1, void: 0, refund: 1 } },
    ]);
  });

  it('keeps a tombstone for the void of an unknown payment, whatever its key contains', async () => {
    const { clearinghouse } = await openSystems();
    expect(await clearinghouse.post('/authorizations/a%2Fb%3F/void', { not_after: inAMinute() })).toEqual({
      status: 200,
      body: { authorization: 'a/b?', state: 'voided' },
    });
    expect(await clearinghouse.post('/authorizations', order({ key: 'a/b?' }))).toEqual({
      status: 409,
      body: { error: 'voided' },
    });
  });

  it('is 404 for an unknown payment, and refuses a late authorize', async () => {
    const { clearinghouse } = await openSystems();
    expect(await clearinghouse.post('/authorizations/k/capture')).toEqual({
      status: 404,
      body: { error: 'unknown' },
    });
    expect(
      await clearinghouse.post('/authorizations', order({ not_after: '2020-01-01T00:00:00+02:00' })),
    ).toEqual({
      status: 409,
      body: { error: 'too-late' },
    });
  });

  it.each<[field: string, path: string, body: unknown]>([
    ['amount', '/authorizations', order({ amount: -1 })],
    ['amount', '/authorizations', order({ amount: 1.5 })],
    ['currency', '/authorizations', order({ currency: 'dollars' })],
    ['not_after', '/authorizations', order({ not_after: 'soon' })],
    ['key', '/authorizations', order({ key: undefined })],
    ['tip', '/authorizations', order({ tip: 3 })],
    ['tip', '/authorizations/k/capture', { tip: 3 }],
    ['key', '/authorizations/%zz/capture', {}],
    ['body', '/authorizations', '{'],
    ['body', '/authorizations', JSON.stringify('x'.repeat(100_000))],
    ['call', '/control', { call: 'steal', behaviour: 'fail' }],
    ['behaviour', '/control', { call: '*', behaviour: 'dance' }],
  ])('refuses an invalid call and names %s at %s', async (field, path, body) => {
    const { clearinghouse } = await openSystems();
    expect(await clearinghouse.post(path, body)).toEqual({ status: 400, body: { error: 'invalid', field } });
    expect(await clearinghouse.books()).toEqual({ entries: [], arrivals: [] });
  });
});
