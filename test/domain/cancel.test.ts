import { beforeEach, describe, expect, it } from 'vitest';
import { keepReservation } from '#domain/reservations/reservation-record.ts';
import { bookedSlotsOn } from '#domain/reservations/slots/booked-slots.ts';
import { rememberedMs } from '#domain/reservations/slots/settled-requests.ts';
import { room } from '#domain/reservations/slots/slot.ts';
import type { SlotData } from '#events/slot-data.ts';
import { holdOf, losingAnswers, problemOf, tenant, type World, world } from './reservations-world.ts';

let w: World;
beforeEach(async () => {
  w = world();
  await w.put({ price: { amount: 2500, currency: 'USD' } });
});

describe('cancelling a reservation', () => {
  it('frees the slot, and sends a message that settles the payment at once', async () => {
    const { id } = await w.reserve('a');
    await w.relay();
    await w.cancel(id);
    expect(await w.slot()).toMatchObject({ state: 'free' });
    expect((await w.relay()).messages).toEqual([
      { job: 'payment.settle', body: { tenant, slot: 42, hold: holdOf(id) }, delaySeconds: 0 },
    ]);
  });

  it('publishes slot.released with the cancelled reservation and its times', async () => {
    const { id } = await w.reserve('a', { brand: 'Pfizer' });
    await w.relay();
    w.pass(60_000);
    await w.cancel(id);
    const { events } = await w.relay();
    expect(events).toMatchObject([
      {
        type: 'slot.released',
        data: { state: 'free', reservation: { reservation_id: id, state: 'cancelled' } },
      },
    ]);
    expect(events[0]?.data.reservation).toMatchObject({
      ...{
        brand: 'Pfizer',
        reserved_at: '2027-01-15T08:00:00.000Z',
        cancelled_at: '2027-01-15T08:01:00.000Z',
      },
    });
  });

  it('twice has the same answer and writes once', async () => {
    const { id } = await w.reserve('a');
    await w.cancel(id);
    const { v } = await w.slot();
    await w.cancel(id);
    expect(await w.slot()).toMatchObject({ v });
  });

  it('again, after another customer has booked the slot, leaves that booking', async () => {
    const { id } = await w.reserve('a');
    await w.cancel(id);
    const next = await w.reserve('b');
    await w.cancel(id);
    expect(await w.slot()).toMatchObject({ state: 'booked', hold: holdOf(next.id) });
  });

  it('whose first answer was lost counts as done', async () => {
    const { id } = await w.reserve('a');
    const lossy = { ...w.store, ...losingAnswers(w.store, 'cancel') };
    await bookedSlotsOn(lossy).cancel(await w.slot(), holdOf(id));
    expect(await w.slot()).toMatchObject({ state: 'free', v: 4 });
  });

  it('stops a late duplicate of its request: the old reservation is answered, and nothing is booked', async () => {
    const { id } = await w.reserve('a');
    await w.cancel(id);
    w.pass(rememberedMs - 60_000);
    expect(await w.reserve('a')).toEqual({ id, replayed: true });
    expect(await w.slot()).toMatchObject({ state: 'free' });
  });

  it('is refused with 412 when the reservation has changed since the caller read it', async () => {
    const { id } = await w.reserve('a');
    expect(await problemOf(w.cancel(id, false))).toMatchObject({ code: 'precondition-failed', status: 412 });
    expect(await w.slot()).toMatchObject({ state: 'booked' });
  });

  it('is refused with 503 while too many payments of the slot are open', async () => {
    const { id } = await w.reserve('a');
    await w.settle({ hold: holdOf(id) });
    const open = new Set(Array.from({ length: room.open }, (_, i) => `another hold ${i}`));
    await w.memory.putItem({
      label: 'crowd',
      item: { ...(await w.slot()), open },
      condition: 'attribute_exists(#pk)',
    });
    expect(await problemOf(w.cancel(id))).toMatchObject({ code: 'slot-unsettled', status: 503 });
  });
});

describe('a reservation', () => {
  it('can be read as soon as it is answered, and after its cancellation', async () => {
    const { id } = await w.reserve('a', { brand: 'Moderna' });
    expect(await w.find(id)).toMatchObject({
      state: 'booked',
      brand: 'Moderna',
      reservedAt: '2027-01-15T08:00:00.000Z',
    });
    await w.cancel(id);
    expect(await w.find(id)).toMatchObject({
      state: 'cancelled',
      brand: 'Moderna',
      cancelledAt: '2027-01-15T08:00:00.000Z',
    });
  });

  it('of another tenant is not found, nor is a malformed id', async () => {
    const { id } = await w.reserve('a');
    expect(await problemOf(w.find(id, 'other'))).toMatchObject({ code: 'not-found' });
    for (const bad of [
      '',
      'res_',
      id.slice(0, -1),
      `${id}=`,
      id.replace('res_', 'RES_'),
      `${id.slice(0, -1)}~`,
    ])
      expect(await problemOf(w.find(bad)), bad).toMatchObject({ code: 'not-found' });
  });

  it('has its own record, which an older event does not change', async () => {
    const { id } = await w.reserve('a');
    await w.cancel(id);
    const events = (await w.relay()).events.filter(({ data }) => data.reservation);
    for (const { v, data } of [...events.toReversed(), ...events])
      await keepReservation(w.store, tenant, v, data as SlotData);
    await w.memory.putItem({
      label: 'forget',
      item: { ...(await w.slot()), past: {} },
      condition: 'attribute_exists(#pk)',
    });
    expect(await w.find(id)).toMatchObject({ state: 'cancelled', reservedAt: '2027-01-15T08:00:00.000Z' });
  });
});
