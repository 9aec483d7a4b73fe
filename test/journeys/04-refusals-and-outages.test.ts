import { describe, expect, it } from 'vitest';
import { books, eventually, newSlot, tell } from './running-lockstep.ts';

/** The entries that the clearinghouse's books have gained since this call. */
async function newEntries() {
  await books.rest();
  const before = new Set((await books.all()).map(({ key }) => key));
  return async () => (await books.all()).filter(({ key }) => !before.has(key));
}
const states = (entries: { state: string }[]) => entries.map(({ state }) => state).sort();

describe('a refused check', () => {
  it('of eligibility frees the slot, voids the payment, and is answered the same to every repeat', async () => {
    const { reserve, booker, path } = await newSlot();
    const entries = await newEntries();
    await tell('eligibility', { call: 'check', behaviour: 'refuse' });
    const refused = await reserve('mine');
    expect(refused).toMatchObject({
      status: 400,
      body: { code: 'check-refused', title: 'Eligibility or payment failed' },
    });
    expect(refused.body.detail).toContain('Try another slot');
    expect((await booker('GET', path)).body.state).toBe('free');

    const again = await reserve('mine');
    expect(again).toMatchObject({
      status: 400,
      body: { code: 'check-refused', detail: refused.body.detail },
    });
    const voided = await eventually(entries, (seen) => states(seen).join() === 'voided');
    expect(voided[0]?.effects).toMatchObject({ capture: 0, refund: 0, void: 1 });
    expect((await reserve('another-caller')).status).toBe(200);
  });

  it('of the payment is answered with its reason', async () => {
    const { reserve } = await newSlot();
    await tell('clearinghouse', { call: 'authorize', behaviour: 'refuse' });
    const refused = await reserve('mine');
    expect(refused).toMatchObject({
      status: 400,
      body: { code: 'check-refused', detail: 'Refused: payment. Try another slot.' },
    });
  });
});

describe('an outage', () => {
  it('whose answer was lost is not a refusal: the same key tries again, and one authorisation remains', async () => {
    const { reserve } = await newSlot({ price: { amount: 2500, currency: 'USD' } });
    const entries = await newEntries();
    await tell('clearinghouse', { call: 'authorize', behaviour: 'drop-after' });
    const lost = await reserve('mine');
    expect(lost).toMatchObject({ status: 503, body: { code: 'check-unavailable' } });
    expect(Number(lost.headers.get('retry-after'))).toBeGreaterThan(0);

    const again = await reserve('mine');
    expect(again.status).toBe(200);
    expect(again.headers.get('idempotent-replayed')).toBeNull();
    await books.until(String(again.body.reservation_id), 'captured');
    const both = await eventually(entries, (seen) => states(seen).join() === 'captured,voided');
    expect(both.map(({ effects }) => effects.authorize)).toEqual([1, 1]);
    expect(both.filter(({ effects }) => effects.capture === 1)).toHaveLength(1);
  });

  it.each(['hang', 'fail', 'drop-before'])(
    'of eligibility (%s) frees the slot at once, and the same key may try again',
    async (behaviour) => {
      const { reserve, booker, path } = await newSlot();
      await tell('eligibility', { call: 'check', behaviour });
      expect(await reserve('mine')).toMatchObject({ status: 503, body: { code: 'check-unavailable' } });
      expect((await booker('GET', path)).body.state).toBe('free');
      expect((await reserve('mine')).status).toBe(200);
    },
  );

  it('with a late payment leaves it void: nothing is authorised after the refusal', async () => {
    const { reserve } = await newSlot();
    const entries = await newEntries();
    await tell('clearinghouse', { call: 'authorize', behaviour: 'late', delayMs: 6_000 });
    expect(await reserve('mine')).toMatchObject({ status: 503, body: { code: 'check-unavailable' } });
    const calls = await eventually(entries, ([entry]) => entry?.calls.length === 2);
    expect(calls).toHaveLength(1);
    expect(calls[0]).toMatchObject({ state: 'voided', effects: { authorize: 0, capture: 0 } });
    expect((await reserve('mine')).status).toBe(200);
  });
});
