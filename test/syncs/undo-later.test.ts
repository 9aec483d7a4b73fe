import { describe, expect, it } from 'vitest';
import { dependentSyncs, dependentSyncsWorld, id } from './dependent-syncs-world.ts';
import { manifests } from './syncs-world.ts';

describe('an undo after success, with later syncs on the same subjects', () => {
  it('is refused, names them, and changes nothing', async () => {
    const w = await dependentSyncs([1, 2, 3, 4, 5]);
    const { v } = await w.sync(1);
    await expect(w.undo(1)).rejects.toMatchObject({
      code: 'undo-conflicts',
      message: expect.stringMatching(`${id(2)}, ${id(3)}, ${id(4)} and 1 more`),
    });
    expect([(await w.sync(1)).v, (await w.sync(1)).undo]).toEqual([v, undefined]);
  });

  it('succeeds for the latest one, and for one whose later ones are undone', async () => {
    const w = await dependentSyncs([1, 2]);
    await w.undo(2);
    await expect(w.undo(1), 'until it is gone it stands').rejects.toMatchObject({ code: 'undo-conflicts' });
    await w.settle();
    await w.undo(1);
    await w.settle();
    expect(await w.states(1, 2)).toEqual(['undone', 'undone']);
  });

  it('as a cascade undoes the latest first, each after the end of the one before', async () => {
    const w = await dependentSyncs([1, 2, 3]);
    await w.accept(4, { state: 'KY' });
    await w.settle();
    await w.later(1, 'cascade');
    expect((await w.sync(1)).undo?.waitingFor).toEqual([id(3), id(2)]);
    await w.settle();
    expect(await w.states(1, 2, 3, 4)).toEqual(['undone', 'undone', 'undone', 'committed']);
    expect((await w.sync(1)).undo).toEqual({ at: expect.any(Number), by: 'key_1' });
    const [one, two, three] = [await w.sync(1), await w.sync(2), await w.sync(3)];
    expect(two.undo?.at).toBeGreaterThanOrEqual(three.endedAt as number);
    expect(one.decision?.at).toBeGreaterThanOrEqual(two.endedAt as number);
    for (const office of ['debit', 'cheques', 'dashboard'] as const)
      expect([1, 2, 3, 4].map((n) => w.stateAt(office, n))).toEqual([
        'rolled-back',
        'rolled-back',
        'rolled-back',
        'committed',
      ]);
    expect(w.books.debit.total()).toBe(4);
  });

  it('as a net undo reverses this sync alone; the later ones stay in the books', async () => {
    const w = await dependentSyncs([1, 2, 3]);
    await w.later(1, 'net');
    await w.settle();
    expect(await w.states(1, 2, 3)).toEqual(['undone', 'committed', 'committed']);
    for (const office of ['debit', 'cheques', 'dashboard'] as const)
      expect(w.books[office].total(), office).toBe(5);
  });

  it('needs the digest of its plan, which must still be current', async () => {
    const w = await dependentSyncs([1, 2]);
    await expect(w.undo(1, { later: 'cascade' })).rejects.toMatchObject({ code: 'precondition-required' });
    const { etag } = await w.plan(1);
    await w.accept(3);
    await w.settle();
    for (const later of ['cascade', 'net', undefined] as const)
      await expect(w.undo(1, { later, plan: [etag] })).rejects.toMatchObject({ code: 'precondition-failed' });
    await expect(w.undo(3, { plan: [etag] })).rejects.toMatchObject({ code: 'precondition-failed' });
    await expect(w.undo(9, { plan: [etag] }), 'nor for one that has not come').rejects.toMatchObject({
      code: 'precondition-failed',
    });
    await w.undo(3, { plan: ['another', (await w.plan(3)).etag] });
    await w.settle();
    expect(await w.states(1, 2, 3)).toEqual(['committed', 'committed', 'undone']);
  });

  it('is answered the same again, whatever a repeat says', async () => {
    const w = await dependentSyncs([1, 2]);
    const first = await w.later(1, 'net');
    await w.settle();
    const { v } = await w.sync(1);
    for (const how of [{}, { later: 'cascade' as const }, { plan: ['old'] }])
      expect((await w.undo(1, how)).undo).toEqual(first.undo);
    await w.settle();
    expect([(await w.sync(1)).v, ...(await w.states(1, 2))]).toEqual([v, 'undone', 'committed']);
  });

  it('as a cascade is refused when a later sync can no longer be undone, which is named', async () => {
    const w = dependentSyncsWorld({
      systems: [
        manifests.debit,
        {
          ...manifests.gazette,
          takes: { 'benefit.adjusted': { when: [{ field: 'payload.delta_usd', atLeast: 2 }] } },
        },
      ],
    });
    for (const n of [1, 2]) await w.accept(n);
    await w.settle();
    expect((await w.plan(1)).body).toMatchObject({
      possible: true,
      conflicts: [{ sync_id: id(2), possible: false }],
    });
    await expect(w.later(1, 'cascade')).rejects.toMatchObject({
      code: 'undo-refused',
      message: expect.stringContaining(id(2)),
    });
    await w.later(1, 'net');
    await w.settle();
    expect(await w.states(1, 2)).toEqual(['undone', 'committed']);
  });
});
