import { describe, expect, it } from 'vitest';
import { dependentSyncsWorld, id } from './dependent-syncs-world.ts';
import { come, found, items } from './listed-syncs.ts';

describe('two batches', () => {
  it('conflict in shared item ids, not in equal payloads; the conflict has their number and examples', async () => {
    const w = dependentSyncsWorld();
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

  it('are read only when there is another batch to compare with, and each once', async () => {
    const w = dependentSyncsWorld();
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

  it('beyond the limit of items to compare count as not compared', async () => {
    const w = dependentSyncsWorld({}, { items: 25 });
    for (const n of [1, 2, 3]) await come(w, n, { items: items(n * 100) });
    expect(await found(w, 2)).toEqual({ met: [], complete: true });
    expect(await found(w, 1)).toEqual({ met: [], complete: false });
  });

  it('beyond the limit of bytes count as not compared, even when gzip hides their size; a net undo still works', async () => {
    const w = dependentSyncsWorld({}, { bytes: 100_000 }, () => 60_000);
    for (const n of [1, 2]) await come(w, n, { items: items(n * 100) });
    expect(await found(w, 1)).toEqual({ met: [], complete: false });
    const decision = { to: 'commit' as const, at: w.clock.now(), why: 'all have said yes' };
    await w.tools.syncs.change(await w.sync(1), 'seed', (now) => ({
      sync: { ...now, state: 'committed', decision },
    }));
    await expect(w.undo(1)).rejects.toMatchObject({ code: 'undo-conflicts' });
    expect((await w.later(1, 'net')).undo).toBeDefined();
    const packed = dependentSyncsWorld({}, { bytes: 10 });
    for (const n of [1, 2]) await come(packed, n, { items: items(n * 100) });
    expect(await found(packed, 1)).toEqual({ met: [], complete: false });
    expect(packed.read).toEqual([]);
  });

  it('of 30,000 items conflict in a single shared id', async () => {
    const w = dependentSyncsWorld();
    await come(w, 1, { items: items(0, 30_000) });
    await come(w, 2, { items: items(30_000, 30_000) });
    await come(w, 3, { items: items(29_999, 1) });
    expect((await found(w, 1)).met).toEqual([
      { sync: id(3), through: id(1), subjects: 1, examples: ['p-29999'] },
    ]);
  });
});
