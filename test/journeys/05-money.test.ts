import { describe, expect, it } from 'vitest';
import { books, eventually, newSlot, tell } from './running-lockstep.ts';

const price = { amount: 2500, currency: 'USD' };

/** A booked slot of $25.00. */
async function booked() {
  const slot = await newSlot({ price });
  const answer = await slot.reserve('mine');
  const id = String(answer.body.reservation_id);
  return { ...slot, id, reservation: `/api/v1/reservations/${id}` };
}

describe('the payment of a reservation', () => {
  it('is authorised with the booking and captured afterwards, and the reservation shows its state', async () => {
    const { booker, reservation, id } = await booked();
    const first = await booker('GET', reservation);
    expect(first.body).toMatchObject({
      reservation_id: id,
      slot_id: 42,
      state: 'booked',
      payment: { state: 'authorized' },
    });
    const settled = await eventually(
      () => booker('GET', reservation),
      ({ body }) => (body.payment as { state: string }).state === 'captured',
    );
    expect(settled.headers.get('etag')).not.toBe(first.headers.get('etag'));
    expect(await books.of(id)).toMatchObject({
      state: 'captured',
      amount: 2500,
      effects: { authorize: 1, capture: 1, void: 0, refund: 0 },
    });
  });

  it('is captured once although the first answer was lost', async () => {
    await tell('clearinghouse', { call: 'capture', behaviour: 'drop-after' });
    const { booker, reservation, id } = await booked();
    await eventually(
      () => booker('GET', reservation),
      ({ body }) => (body.payment as { state: string }).state === 'captured',
    );
    const entry = await books.of(id);
    expect(entry?.effects.capture).toBe(1);
    expect(entry?.calls.filter(({ call }) => call === 'capture').length).toBeGreaterThan(1);
  });

  it('is refunded once when a captured reservation is cancelled; cancelling twice has the same answer', async () => {
    const { booker, reservation, id, path } = await booked();
    await books.until(id, 'captured');
    const first = await booker('DELETE', reservation);
    expect(first).toMatchObject({
      status: 200,
      body: { status: 'ok', reservation_id: id, state: 'cancelled' },
    });
    expect((await booker('DELETE', reservation)).text).toBe(first.text);
    expect((await booker('GET', path)).body.state).toBe('free');

    expect(await books.until(id, 'refunded')).toMatchObject({ effects: { capture: 1, refund: 1 } });
    const after = await eventually(
      () => booker('GET', reservation),
      ({ body }) => (body.payment as { state: string }).state === 'refunded',
    );
    expect(after.body).toMatchObject({ state: 'cancelled', cancelled_at: expect.any(String) });
    expect((await booker('DELETE', reservation)).text).toBe(first.text);
  });

  it('is voided and never captured when the reservation is cancelled before the capture', async () => {
    const { booker, reservation, id, reserve } = await booked();
    await booker('DELETE', reservation);
    expect(await books.until(id, 'voided')).toMatchObject({ effects: { capture: 0, refund: 0, void: 1 } });

    const late = await reserve('mine');
    expect(late).toMatchObject({ status: 200, body: { reservation_id: id } });
    expect(late.headers.get('idempotent-replayed')).toBe('true');
    expect((await booker('GET', '/api/v1/slots/42')).body.state).toBe('free');
    expect((await reserve('another')).body.reservation_id).not.toBe(id);
  });

  it('is not touched by a cancellation with an outdated If-Match', async () => {
    const { booker, reservation, id } = await booked();
    const seen = (await booker('GET', reservation)).headers.get('etag') ?? '';
    await books.until(id, 'captured');
    await eventually(
      () => booker('GET', reservation),
      ({ headers }) => headers.get('etag') !== seen,
    );
    const stale = await booker('DELETE', reservation, { headers: { 'If-Match': seen } });
    expect(stale).toMatchObject({ status: 412, body: { code: 'precondition-failed' } });
    expect((await booker('GET', reservation)).body.state).toBe('booked');
    const now = (await booker('GET', reservation)).headers.get('etag') ?? '';
    expect((await booker('DELETE', reservation, { headers: { 'If-Match': now } })).status).toBe(200);
  });
});
