import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readReservationId } from '#domain/reservations/reservation-id.ts';
import { legacy } from '#events/event.ts';
import type { Tap } from '#examples/labs/tap.ts';
import { deliver, drained, envelope, subscribers } from './deliveries.ts';
import { books, eventually, lockstep, newSlot, type Tenant, tap, tell } from './running-lockstep.ts';

let bus: Tap;
beforeAll(async () => {
  bus = await tap();
});
afterAll(() => bus?.close());

const eventsOf = ({ name }: Tenant) => bus.heard.filter(({ tenant }) => tenant === name);
const free = [{ site: 'Main Street Clinic', free: 1, taken: 0 }];
const taken = [{ site: 'Main Street Clinic', free: 0, taken: 1 }];

/** The three views that subscribers keep from events. */
async function views({ booker }: Tenant) {
  const [board, slots, reservations] = await Promise.all(
    ['board', 'slots', 'reservations'].map((view) => booker('GET', `/api/v1/${view}`)),
  );
  return { sites: board?.body.sites, slots: slots?.body.items, reservations: reservations?.body.items };
}
const settledAs = (tenant: Tenant, sites: unknown) =>
  eventually(
    () => views(tenant),
    (seen) => JSON.stringify(seen.sites) === JSON.stringify(sites),
  );

describe('the events of a slot', () => {
  it('bring the board, the list and the reservation’s record to the slot’s state', async () => {
    const slot = await newSlot();
    expect((await settledAs(slot, free)).reservations).toEqual([]);
    const id = (await slot.reserve('mine')).body.reservation_id;
    await settledAs(slot, taken);
    const booked = await eventually(
      () => views(slot),
      ({ reservations }) => (reservations as unknown[]).length === 1,
    );
    expect(booked.reservations).toMatchObject([{ reservation_id: id, slot_id: 42, state: 'booked' }]);
    expect(booked.slots).toEqual([(await slot.booker('GET', slot.path)).body]);

    await slot.booker('DELETE', `/api/v1/reservations/${id}`);
    const after = await eventually(
      () => views(slot),
      ({ reservations, sites }) =>
        (reservations as { state: string }[])[0]?.state === 'cancelled' &&
        JSON.stringify(sites) === JSON.stringify(free),
    );
    expect(after.reservations).toMatchObject([
      { reservation_id: id, state: 'cancelled', cancelled_at: expect.any(String) },
    ]);
  });

  it('are published once, in the order of versions, as CloudEvents with the whole slot', async () => {
    const slot = await newSlot();
    const id = (await slot.reserve('mine')).body.reservation_id;
    await eventually(
      () => eventsOf(slot),
      (events) => events.length >= 2,
    );
    await slot.reserve('mine');
    await books.until(String(id), 'captured');
    const events = eventsOf(slot).sort((a, b) => a.v - b.v);
    expect(events.map(({ type }) => type)).toEqual(['slot.changed', 'slot.reserved']);
    expect(events[1]).toMatchObject({
      ...{
        specversion: '1.0',
        source: `lockstep/${slot.name}`,
        subject: 'slot/42',
        datacontenttype: 'application/json',
      },
      data: {
        slot_id: 42,
        state: 'booked',
        site: 'Main Street Clinic',
        reservation: { reservation_id: id, state: 'booked' },
      },
    });
    expect(legacy(events[1]!)).toBe('{"event":"slot.reserved","data":{"slot":42}}');
  });

  it('change nothing when they arrive again or late', async () => {
    const slot = await newSlot();
    const id = String((await slot.reserve('mine')).body.reservation_id);
    await settledAs(slot, taken);
    await books.until(id, 'captured');
    const [made, reserved] = await eventually(
      () => eventsOf(slot).sort((a, b) => a.v - b.v),
      (events) => events.length === 2,
    );
    const before = await views(slot);
    const settle = { tenant: slot.name, ...readReservationId(id) };
    for (let again = 0; again < 3; again++) {
      for (const queue of subscribers)
        for (const event of [reserved, made]) await deliver(queue, envelope(event!));
      await deliver('payment.settle', settle);
    }
    await drained([...subscribers, 'payment.settle']);
    expect(await views(slot)).toEqual(before);
    expect((await books.of(id))?.effects).toEqual({ authorize: 1, capture: 1, void: 0, refund: 0 });
  });

  it('are published again by "lockstep repair", under the same ids', async () => {
    // Wait until no other capture is open: the failure below must hit this slot's capture.
    await drained(['payment.settle']);
    await tell('clearinghouse', { call: 'capture', behaviour: 'fail' });
    const slot = await newSlot();
    const id = String((await slot.reserve('mine')).body.reservation_id);
    await settledAs(slot, taken);
    await eventually(
      () => slot.booker('GET', `/api/v1/reservations/${id}`),
      ({ body }) => (body.payment as { state: string }).state === 'capturing',
    );
    const repair = async (...how: string[]) =>
      JSON.parse((await lockstep('repair', '--tenant', slot.name, '--json', ...how)).stdout);
    expect(await repair('--dry-run')).toEqual({ slots: 1, settles: 1, events: 1, dryRun: true });
    expect(await repair()).toEqual({ slots: 1, settles: 1, events: 1, dryRun: false });
    const events = await eventually(
      () => eventsOf(slot).filter(({ type }) => type === 'slot.reserved'),
      (seen) => seen.length === 2,
    );
    expect(events[1]).toEqual(events[0]);

    await books.until(id, 'captured');
    await drained([...subscribers, 'payment.settle']);
    expect((await views(slot)).sites).toEqual(taken);
    expect((await books.of(id))?.effects).toEqual({ authorize: 1, capture: 1, void: 0, refund: 0 });
    await eventually(
      () => repair('--dry-run'),
      ({ settles }) => settles === 0,
    );
  });
});
