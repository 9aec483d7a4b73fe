import { describe, expect, it } from 'vitest';
import { isEnded } from '#domain/syncs/sync.ts';
import {
  type DependentSyncsWorld,
  dependentSyncs,
  dependentSyncsWorld,
  id,
} from './dependent-syncs-world.ts';
import { operate } from './trial.ts';

const conflictsIn = async (w: DependentSyncsWorld, n: number) =>
  (await w.plan(n)).body.conflicts.map(({ sync_id }) => sync_id);

describe('the plan of an undo', () => {
  it('lists the later syncs on the same subjects that are or may become committed, and no others', async () => {
    const w = await dependentSyncs([1, 2, 3]);
    await w.accept(4, { state: 'KY' });
    await w.settle();
    w.next('cheques.prepare', 'refuse');
    await w.accept(5);
    await w.settle();
    await w.accept(6);
    await w.list();
    expect(await w.states(1, 2, 3, 4, 5)).toEqual([
      'committed',
      'committed',
      'committed',
      'committed',
      'rolled_back',
    ]);
    expect(await conflictsIn(w, 1)).toEqual([id(2), id(3)]);
    await w.settle();
    expect(await conflictsIn(w, 1)).toEqual([id(2), id(3), id(6)]);
    expect((await w.plan(2)).body).toMatchObject({
      conflicts_complete: true,
      conflicts: [
        {
          sync_id: id(3),
          type: 'benefit.adjusted',
          state: 'committed',
          subjects: 1,
          examples: ['state'],
          possible: true,
        },
        {},
      ],
    });
    expect(await conflictsIn(w, 4)).toEqual([]);
    expect(JSON.stringify(await w.plan(1))).not.toContain('OH');
  });

  it('leaves out later syncs that were never decided to commit', async () => {
    const w = await dependentSyncs([1], { attempts: 0 });
    w.next('dashboard.prepare', 'refuse');
    w.next('cheques.rollback', 'away');
    await w.accept(2);
    await w.settle();
    expect([await w.states(2), (await w.sync(2)).decision?.to]).toEqual([['parked'], 'abort']);
    expect(await conflictsIn(w, 1)).toEqual([]);
  });

  it('has a new digest when a later sync comes or is undone, and the same one as it progresses', async () => {
    const w = dependentSyncsWorld({ attempts: 0 });
    await w.accept(1);
    await w.settle();
    const alone = await w.plan(1);
    expect(alone.body.digest).toBe(alone.etag);
    w.next('debit.commit', 'away');
    await w.accept(2);
    await w.settle();
    const both = await w.plan(1);
    expect([both.body.conflicts.map(({ state }) => state), both.etag === alone.etag]).toEqual([
      ['parked'],
      false,
    ]);
    await operate({ ...w, sync: () => w.sync(2) }, 'retry');
    await w.settle();
    const further = await w.plan(1);
    expect([further.body.conflicts.map(({ state }) => state), further.etag]).toEqual([
      ['committed'],
      both.etag,
    ]);
    await w.undo(2);
    await w.settle();
    expect((await w.plan(1)).etag).toBe(alone.etag);
  });

  it('has no conflicts before the decision', async () => {
    const w = dependentSyncsWorld({ attempts: 0 });
    w.next('debit.prepare', 'silent');
    await w.accept(1);
    await w.settle();
    await w.accept(2);
    await w.settle();
    expect((await w.plan(1)).body).toMatchObject({
      regime: 'before decision',
      conflicts: [],
      conflicts_complete: true,
    });
    await w.undo(1);
    await w.settle();
    expect(isEnded(await w.sync(1)) || (await w.sync(1)).state === 'aborting').toBe(true);
    expect(await w.states(2)).toEqual(['committed']);
  });

  it('includes no sync of another tenant, and none that came before', async () => {
    const w = await dependentSyncs([1, 2]);
    await w.accept(3, { tenant: 'zeta' });
    await w.settle();
    expect(await conflictsIn(w, 1)).toEqual([id(2)]);
    expect(await conflictsIn(w, 2)).toEqual([]);
  });
});

describe('an undo', () => {
  it('with more later syncs than are compared is refused, except as a net undo', async () => {
    const w = dependentSyncsWorld({}, { syncs: 3 });
    for (const n of [1, 2, 3, 4]) await w.accept(n, { state: n === 1 ? 'OH' : 'KY' });
    await w.settle();
    expect((await w.plan(1)).body).toMatchObject({ conflicts: [], conflicts_complete: true });
    await w.accept(5);
    await w.settle();
    expect((await w.plan(1)).body).toMatchObject({ conflicts: [], conflicts_complete: false });
    await expect(w.undo(1)).rejects.toMatchObject({ code: 'undo-conflicts' });
    await expect(w.later(1, 'cascade')).rejects.toMatchObject({ code: 'undo-conflicts' });
    await w.later(1, 'net');
    await w.settle();
    expect(await w.states(1)).toEqual(['undone']);
  });
});

describe('an undo that was requested before the decision', () => {
  it('checks later syncs again when the decision overtakes it', async () => {
    const w = dependentSyncsWorld();
    await w.accept(1);
    const { read } = w.tools.syncs;
    const early = await w.sync(1);
    await w.settle();
    await w.accept(2);
    await w.settle();
    w.tools.syncs.read = async () => early;
    await expect(w.undo(1)).rejects.toMatchObject({ code: 'undo-conflicts' });
    w.tools.syncs.read = read;
    expect((await w.sync(1)).undo).toBeUndefined();
  });
});
