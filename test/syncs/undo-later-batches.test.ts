import { describe, expect, it } from 'vitest';
import { dependentSyncs, dependentSyncsWorld, id } from './dependent-syncs-world.ts';

describe('an undo after success, with later syncs on the same subjects', () => {
  it('of a batch is refused only when a later batch shares some of its items', async () => {
    const w = dependentSyncsWorld();
    const paid = (...ids: string[]) => ids.map((one) => ({ id: one, amount_minor: 2_500 }));
    for (const [n, items] of [paid('a', 'b'), paid('c', 'd'), paid('b', 'e')].entries()) {
      const sync = await w.accept(n + 1, { items });
      const done = {
        state: 'committed',
        decision: { to: 'commit', at: w.clock.now(), why: 'all systems say yes' },
      } as const;
      await w.tools.syncs.change(sync, 'commit', (now) => ({
        sync: { ...now, ...done },
        event: { type: 'sync.committed', at: w.clock.now() },
      }));
    }
    await w.rest();
    await w.list();
    expect((await w.plan(1)).body.conflicts).toMatchObject([
      { sync_id: id(3), subjects: 1, examples: ['b'] },
    ]);
    await expect(w.undo(1)).rejects.toMatchObject({
      code: 'undo-conflicts',
      message: expect.stringContaining(id(3)),
    });
    expect((await w.undo(2)).state).toBe('undoing');
    await w.later(1, 'cascade');
    expect((await w.sync(1)).undo?.waitingFor).toEqual([id(3)]);
  });

  it('with more than a hundred of them cannot be a cascade', async () => {
    const w = await dependentSyncs(Array.from({ length: 102 }, (_, n) => n + 1));
    await expect(w.later(1, 'cascade')).rejects.toMatchObject({
      code: 'undo-conflicts',
      message: expect.stringContaining('100'),
    });
    await w.later(2, 'cascade');
    expect((await w.sync(2)).undo?.waitingFor).toHaveLength(100);
    await w.settle();
    expect(new Set(await w.states(...Array.from({ length: 101 }, (_, n) => n + 2)))).toEqual(
      new Set(['undone']),
    );
    expect(await w.states(1)).toEqual(['committed']);
  });
});
