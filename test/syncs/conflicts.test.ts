import { describe, expect, it } from 'vitest';
import { keepSyncList } from '#domain/syncs/sync-list.ts';
import { syncEventData } from '#domain/syncs/sync-outbox.ts';
import { subjectsOf } from '#domain/syncs/undo/subjects.ts';
import { syncData } from '#events/sync-data.ts';
import type { BatchItem } from '#systems/protocol.ts';
import { type BuildingWorld, buildingWorld, id } from './building.ts';
import { tenant } from './syncs-world.ts';

/** Items with the ids from `first` on. */
const items = (first: number, count = 10): BatchItem[] =>
  Array.from({ length: count }, (_, n) => ({ id: `p-${first + n}`, amount_minor: 2_500 }));
/** Accepted, and in the list as the event tells it. */
async function come(w: BuildingWorld, n: number, how: Parameters<BuildingWorld['accept']>[1] = {}) {
  const sync = await w.accept(n, how);
  await keepSyncList(w.store, tenant, sync.v, syncData.parse(syncEventData(sync)));
}
const found = async (w: BuildingWorld, n: number) => {
  const { conflicts, complete } = await w.tools.look(await w.sync(n));
  return {
    complete,
    met: conflicts.map(({ sync, through, subjects, examples }) => ({
      sync: sync.syncId,
      through,
      subjects,
      examples,
    })),
  };
};

describe('whom a sync is about', () => {
  it('is told as a digest that is good for one tenant, type and field, and does not tell the value', () => {
    const of = (tenant: string, type: string, payload: Record<string, unknown>) => [
      ...subjectsOf({ tenant, type, payload }),
    ];
    const [[digest, field] = []] = of('acme', 'benefit.adjusted', { state: 'OH', delta_usd: 25 });
    expect([digest, field]).toEqual([expect.stringMatching(/^[0-9a-f]{16}$/), 'state']);
    expect(of('acme', 'benefit.adjusted', { state: 'OH', delta_usd: 30 })).toEqual([[digest, field]]);
    expect(of('acme', 'benefit.adjusted', { state: 'KY', delta_usd: 25 })[0]?.[0]).not.toBe(digest);
    expect(of('zeta', 'benefit.adjusted', { state: 'OH', delta_usd: 25 })[0]?.[0]).not.toBe(digest);
    expect(of('acme', 'pothole.report', { state: 'OH' })).toEqual([]);
    expect(of('acme', 'benefit.adjusted', {})).toEqual([]);
  });
});

describe('two batches', () => {
  it('meet where they share ids, however much of their payloads is the same, and say how many and which', async () => {
    const w = buildingWorld();
    await come(w, 1, { items: items(0) });
    await come(w, 2, { items: items(10) });
    await come(w, 3, { items: items(3), state: 'KY' });
    const { met, complete } = await found(w, 1);
    expect(met).toEqual([
      { sync: id(3), through: id(1), subjects: 7, examples: ['p-3', 'p-4', 'p-5', 'p-6', 'p-7'] },
    ]);
    expect(complete).toBe(true);
    expect((await found(w, 2)).met).toMatchObject([{ sync: id(3), subjects: 3 }]);
  });

  it('are read only where there is another batch to compare with, each once', async () => {
    const w = buildingWorld();
    await come(w, 1, { items: items(0) });
    await come(w, 2);
    await found(w, 1);
    expect(w.read).toEqual([]);
    await come(w, 3, { items: items(50) });
    await come(w, 4, { items: items(5) });
    await found(w, 1);
    expect(w.read).toHaveLength(3);
    expect(new Set(w.read).size).toBe(3);
  });

  it('of which more would have to be read than anybody waits for are not said to be apart', async () => {
    const w = buildingWorld({}, { items: 25 });
    for (const n of [1, 2, 3]) await come(w, n, { items: items(n * 100) });
    expect(await found(w, 2)).toEqual({ met: [], complete: true });
    expect(await found(w, 1)).toEqual({ met: [], complete: false });
  });

  it('which are large only when they are unpacked are not said to be apart either; alone the sync can still be undone', async () => {
    const w = buildingWorld({}, { bytes: 100_000 }, () => 60_000);
    for (const n of [1, 2]) await come(w, n, { items: items(n * 100) });
    expect(await found(w, 1)).toEqual({ met: [], complete: false });
    const decision = { to: 'commit' as const, at: w.clock.now(), why: 'all have said yes' };
    await w.tools.syncs.change(await w.sync(1), 'seed', (now) => ({
      sync: { ...now, state: 'committed', decision },
    }));
    await expect(w.undo(1)).rejects.toMatchObject({ code: 'undo-conflicts' });
    expect((await w.later(1, 'net')).undo).toBeDefined();
    const packed = buildingWorld({}, { bytes: 10 });
    for (const n of [1, 2]) await come(packed, n, { items: items(n * 100) });
    expect(await found(packed, 1)).toEqual({ met: [], complete: false });
    expect(packed.read).toEqual([]);
  });

  it('of 30,000 meet in a single id, the last of one and the first of the other', async () => {
    const w = buildingWorld();
    await come(w, 1, { items: items(0, 30_000) });
    await come(w, 2, { items: items(30_000, 30_000) });
    await come(w, 3, { items: items(29_999, 1) });
    expect((await found(w, 1)).met).toEqual([
      { sync: id(3), through: id(1), subjects: 1, examples: ['p-29999'] },
    ]);
  });
});

describe('a batch and a sync without one', () => {
  it('meet in the fields of their payloads, whichever came first', async () => {
    const w = buildingWorld();
    await come(w, 1, { items: items(0) });
    await come(w, 2);
    await come(w, 3, { state: 'KY' });
    await come(w, 4, { items: items(90) });
    expect((await found(w, 1)).met).toMatchObject([
      { sync: id(2), through: id(1), subjects: 1, examples: ['state'] },
      { sync: id(4), through: id(2), examples: ['state'] },
    ]);
    expect((await found(w, 2)).met).toMatchObject([{ sync: id(4), through: id(2), examples: ['state'] }]);
    expect((await found(w, 3)).met).toEqual([]);
  });
});

describe('what was built upon a sync', () => {
  it('includes what was built upon that, and says through which', async () => {
    const w = buildingWorld();
    await come(w, 1, { items: items(0) });
    await come(w, 2, { items: items(15) });
    await come(w, 3, { items: items(9) });
    await come(w, 4, { items: items(18, 1) });
    await come(w, 5, { items: items(24) });
    expect((await found(w, 1)).met).toEqual([
      { sync: id(3), through: id(1), subjects: 1, examples: ['p-9'] },
      { sync: id(4), through: id(3), subjects: 1, examples: ['p-18'] },
    ]);
  });

  it('is found though the list was made before subjects were in it', async () => {
    const w = buildingWorld();
    await come(w, 1);
    const sync = await w.accept(2);
    const { subjects: _, ...old } = syncData.parse(syncEventData(sync));
    await keepSyncList(w.store, tenant, sync.v, old);
    expect((await found(w, 1)).met).toMatchObject([{ sync: id(2) }]);
  });

  it('is looked for among a thousand later syncs, in few reads of the list and one of each that may matter', async () => {
    const w = buildingWorld();
    await come(w, 0);
    for (let n = 1; n <= 1_001; n++) await come(w, n, { state: n === 500 || n > 999 ? 'OH' : 'KY' });
    const label: string[] = [];
    const get = w.table.getItem.bind(w.table);
    w.table.getItem = (key, why = '') => {
      label.push(why);
      return get(key, why);
    };
    const { met, complete } = await found(w, 0);
    expect([met.map(({ sync }) => sync), complete]).toEqual([[id(500), id(1000)], false]);
    expect(label.length).toBeLessThan(8);
    expect((await found(w, 1)).complete).toBe(true);
  });
});
