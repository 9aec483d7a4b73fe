import { beforeEach, describe, expect, it } from 'vitest';
import { readSiteCounts, siteCountsOn } from '#domain/reservations/slots/site-counts.ts';
import { keepSlotList, listSlots } from '#domain/reservations/slots/slot-list.ts';
import type { CloudEvent } from '#events/event.ts';
import type { SlotData } from '#events/slot-data.ts';
import { tenant, type World, world } from './reservations-world.ts';

let w: World;
beforeEach(() => {
  w = world();
});

const hear = ({ v, data }: CloudEvent) => {
  const { slot_id, site, state } = data as SlotData;
  return siteCountsOn(w.store).keep(tenant, { slot: slot_id, v, site, taken: state === 'booked' });
};
const board = () => readSiteCounts(w.store, tenant);

/** Two slots: one is booked, cancelled and booked again, the other moves to another site. */
async function history(): Promise<CloudEvent[]> {
  await w.put();
  await w.put({ slot: 43 });
  await w.cancel((await w.reserve('a')).id);
  await w.reserve('b');
  await w.put({ slot: 43, site: 'Hall', ifMatch: [1] });
  return (await w.relay()).events;
}
const outcome = [
  { site: 'Gym', free: 0, taken: 1 },
  { site: 'Hall', free: 1, taken: 0 },
];

describe('the board', () => {
  it('counts free and taken slots per site, from events alone', async () => {
    for (const event of await history()) await hear(event);
    expect(await board()).toEqual(outcome);
  });

  it.each([
    ['twice', (events: CloudEvent[]) => events.flatMap((event) => [event, event])],
    ['all over again', (events: CloudEvent[]) => [...events, ...events]],
    ['in the opposite order', (events: CloudEvent[]) => events.toReversed()],
    ['the newest first, then all', (events: CloudEvent[]) => [...events.slice(-2), ...events]],
  ])('has the same counts when events arrive %s', async (_, disturbed) => {
    for (const event of disturbed(await history())) await hear(event);
    expect(await board()).toEqual(outcome);
  });

  it('moves a slot from one site to another in one transaction', async () => {
    await w.put();
    for (const event of (await w.relay()).events) await hear(event);
    await w.put({ site: 'Hall', ifMatch: [1] });
    for (const event of (await w.relay()).events) await hear(event);
    expect(await board()).toEqual([{ site: 'Hall', free: 1, taken: 0 }]);
  });

  it('accepts concurrent events of one slot', async () => {
    const events = await history();
    await Promise.all(events.map(hear));
    expect(await board()).toEqual(outcome);
  });

  it('retries a count that conflicts with another booking of the site, and throws after too many conflicts', async () => {
    const conflict = Object.assign(new Error('TransactionConflict'), {
      name: 'TransactionCanceledException',
    });
    let conflicts = 3;
    const transact: typeof w.store.table.transactWriteItems = (writes) =>
      conflicts-- > 0 ? Promise.reject(conflict) : w.store.table.transactWriteItems(writes);
    const [event] = await history();
    const { slot_id: slot, site } = event!.data as SlotData;
    const seen = { slot, v: event!.v, site, taken: false };
    await siteCountsOn({ ...w.store, table: { ...w.store.table, transactWriteItems: transact } }).keep(
      tenant,
      seen,
    );
    expect(conflicts).toBe(-1);
    conflicts = 100;
    const later = siteCountsOn({
      ...w.store,
      table: { ...w.store.table, transactWriteItems: transact },
    }).keep(tenant, {
      ...seen,
      v: 99,
    });
    await expect(later).rejects.toThrow('keeps moving');
  });

  it('shows a tenant its own sites only', async () => {
    for (const event of await history()) await hear(event);
    expect(await readSiteCounts(w.store, 'other')).toEqual([]);
  });
});

describe('the list of slots', () => {
  const keep = ({ v, data }: CloudEvent) => keepSlotList(w.store, tenant, v, data as SlotData);
  const list = async (filter: object = {}) =>
    (await listSlots(w.store, tenant, { limit: 10, ...filter })).items.map(({ view }) => view);

  it('shows the newest state of each slot, whatever the order of events', async () => {
    for (const event of (await history()).toReversed()) await keep(event);
    expect(await list()).toMatchObject([
      { slot_id: 42, state: 'booked', site: 'Gym' },
      { slot_id: 43, state: 'free', site: 'Hall' },
    ]);
    expect(await list({ available: true })).toMatchObject([{ slot_id: 43 }]);
    expect(await list({ available: false })).toMatchObject([{ slot_id: 42 }]);
    expect(await list({ site: 'Gym' })).toMatchObject([{ slot_id: 42 }]);
  });

  it('is sorted by slot number, not by digits', async () => {
    for (const slot of [100, 9, 20]) await w.put({ slot });
    for (const event of (await w.relay()).events) await keep(event);
    expect(await list()).toMatchObject([{ slot_id: 9 }, { slot_id: 20 }, { slot_id: 100 }]);
  });

  it('shows no reservation ids', async () => {
    for (const event of await history()) await keep(event);
    expect(JSON.stringify(await list())).not.toContain('res_');
  });
});
