import { beforeEach, describe, expect, it } from 'vitest';
import { keepSyncList, listSyncs, type SyncFilter } from '#domain/syncs/sync-list.ts';
import { syncData } from '#events/sync-data.ts';
import { listAnswer } from '#lib/http/list-answer.ts';
import { proxyEvent } from '#test/lib/proxy-event.ts';
import { type SyncWorld, syncId, syncWorld, tenant } from './syncs-world.ts';

let w: SyncWorld;
const id = (n: number) => `${syncId.slice(0, -1)}${n}`;
/** Updates the list from these events, as the subscriber does. */
const update = async (events = w.events) => {
  for (const { tenant, v, data } of events.filter(({ type }) => type.startsWith('sync.')))
    await keepSyncList(w.store, tenant, v, syncData.parse(data));
};
const list = async (filter: SyncFilter = {}, whose = tenant) =>
  (await listSyncs(w.store, whose, { ...filter, limit: 50 })).items.map(({ view }) => syncData.parse(view));

beforeEach(() => {
  w = syncWorld();
});

describe('the list of syncs', () => {
  it('shows each sync in order of acceptance, in its newest state', async () => {
    await w.accept({ syncId: id(2) });
    w.pass(1000);
    w.next('cheques.prepare', 'refuse');
    await w.accept({ syncId: id(1) });
    await w.rest();
    await update();
    const found = await list();
    expect(found.map(({ sync_id }) => sync_id)).toEqual([id(2), id(1)]);
    expect(found.map(({ state }) => state).toSorted()).toEqual(['committed', 'rolled_back']);
    expect(found[0]).not.toHaveProperty('payload');
  });

  it('keeps the newest state under late and repeated events', async () => {
    await w.accept();
    await w.rest();
    await update([...w.events, ...w.events].reverse());
    expect(await list()).toMatchObject([{ state: 'committed' }]);
    await w.undo();
    await w.rest();
    await update(w.events.toReversed());
    expect(await list()).toMatchObject([{ state: 'undone' }]);
  });

  it('filters by state, by type in any spelling, and by time of acceptance', async () => {
    const began = w.clock.now();
    await w.accept({ syncId: id(1) });
    w.pass(5000);
    await w.accept({ syncId: id(2) });
    await w.rest();
    await update();
    expect(await list({ state: 'committed' })).toHaveLength(2);
    expect(await list({ state: 'parked' })).toEqual([]);
    expect(await list({ type: 'benefit_adjusted' })).toHaveLength(2);
    expect(await list({ type: 'pothole.report' })).toEqual([]);
    for (const [since, count] of [
      [0, 2],
      [began, 2],
      [began + 1, 1],
      [began + 5000, 1],
      [began + 5001, 0],
    ] as const)
      expect(await list({ since }), String(since - began)).toHaveLength(count);
  });

  it('shows one tenant’s syncs', async () => {
    await w.accept();
    await w.rest();
    await update();
    expect(await list({}, 'other')).toEqual([]);
  });

  it('continues from its cursor, also with a filter by time', async () => {
    const since = w.clock.now() + 1;
    for (let n = 1; n <= 7; n++) {
      await w.accept({ syncId: id(n) });
      w.pass(10);
    }
    await w.rest();
    await update();
    const seen: unknown[] = [];
    for (let cursor: string | undefined, pages = 0; pages < 9; pages++) {
      const asked = { tenant, route: 'syncs', filter: { since }, event: proxyEvent(), limit: 2, cursor };
      const { body } = await listAnswer(
        asked,
        (range) => listSyncs(w.store, tenant, { since, ...range }),
        ({ view }) => view,
      );
      seen.push(...body.items);
      cursor = body.next_cursor;
      if (!cursor) break;
    }
    expect(seen.map((one) => syncData.parse(one).sync_id)).toEqual([2, 3, 4, 5, 6, 7].map(id));
  });

  it('shows a sync whose undo came first', async () => {
    await w.undo();
    await w.rest();
    await update();
    expect(await list()).toMatchObject([{ sync_id: syncId, state: 'undone' }]);
  });
});
