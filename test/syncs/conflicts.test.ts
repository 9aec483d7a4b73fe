import { describe, expect, it } from 'vitest';
import { keepSyncList } from '#domain/syncs/sync-list.ts';
import { syncEventData } from '#domain/syncs/sync-outbox.ts';
import { subjectsOf } from '#domain/syncs/undo/subjects.ts';
import { syncData } from '#events/sync-data.ts';
import { dependentSyncsWorld, id } from './dependent-syncs-world.ts';
import { come, found, items } from './listed-syncs.ts';
import { tenant } from './syncs-world.ts';

describe('the subjects of a sync', () => {
  it('are digests that depend on tenant, type and field, and hide the value', () => {
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

describe('a batch and a sync without one', () => {
  it('conflict in their payload fields, in either order', async () => {
    const w = dependentSyncsWorld();
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

describe('the syncs that build upon a sync', () => {
  it('include those that build upon them, each with the sync in between', async () => {
    const w = dependentSyncsWorld();
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

  it('include entries of the list without stored subjects', async () => {
    const w = dependentSyncsWorld();
    await come(w, 1);
    const sync = await w.accept(2);
    const { subjects: _, ...old } = syncData.parse(syncEventData(sync));
    await keepSyncList(w.store, tenant, sync.v, old);
    expect((await found(w, 1)).met).toMatchObject([{ sync: id(2) }]);
  });

  it('are found among a thousand later syncs in few reads', async () => {
    const w = dependentSyncsWorld();
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
