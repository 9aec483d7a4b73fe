import { describe, expect, it } from 'vitest';
import { syncView } from '#domain/syncs/sync-view.ts';
import {
  type DependentSyncsWorld,
  dependentSyncs,
  dependentSyncsWorld,
  id,
  reversals,
} from './dependent-syncs-world.ts';
import { tenant } from './syncs-world.ts';
import { operate } from './trial.ts';

const waitsOf = async (w: DependentSyncsWorld, n: number) => syncView(await w.sync(n)).undo_waits_for;

describe('a cascade of undos', () => {
  it('shows on the first sync, from the start, that an undo is requested and which syncs it waits for', async () => {
    const w = await dependentSyncs([1, 2, 3]);
    await w.later(1, 'cascade');
    expect(syncView(await w.sync(1))).toMatchObject({
      state: 'committed',
      undo_asked_at: expect.any(String),
      undo_waits_for: [id(3), id(2)],
    });
    expect((await w.plan(1)).body).toMatchObject({ undo_waits_for: [id(3), id(2)] });
    await w.settle();
    expect(await waitsOf(w, 1)).toBeUndefined();
    const said = (await w.ledger())
      .filter(({ system }) => system === 'lockstep')
      .map(({ action, detail = '' }) => `${action} ${detail}`);
    expect(said.slice(-3)).toEqual([
      'undo after 2 later',
      expect.stringContaining('decide undo'),
      expect.stringContaining('sync undo'),
    ]);
  });

  it('shares its syncs with an overlapping cascade, and with a concurrent request for the same one', async () => {
    const w = await dependentSyncs([1, 2, 3, 4]);
    const [one, two] = [(await w.plan(1)).etag, (await w.plan(2)).etag];
    const asked = await Promise.all([
      w.undo(1, { later: 'cascade', plan: [one] }),
      w.undo(2, { later: 'cascade', plan: [two], by: 'key_2' }),
      w.undo(1, { later: 'cascade', plan: [one], by: 'key_3' }),
    ]);
    expect(asked[2]?.undo?.at).toBe(asked[0]?.undo?.at);
    await w.rest();
    for (const { body } of w.jobs.splice(0)) await w.work(body);
    expect((await w.sync(4)).undo?.awaitedBy?.toSorted()).toEqual([id(1), id(2)]);
    await w.settle(2);
    expect(await w.states(1, 2, 3, 4)).toEqual(['undone', 'undone', 'undone', 'undone']);
    expect(reversals(w)).toEqual([1, 1, 1, 1]);
    const [three, second, first] = [await w.sync(3), await w.sync(2), await w.sync(1)];
    expect(second.decision?.at).toBeGreaterThanOrEqual(three.endedAt as number);
    expect(first.decision?.at).toBeGreaterThanOrEqual(second.endedAt as number);
  });

  it('waits for a sync that is already being undone, and for one that is undone meanwhile', async () => {
    const w = await dependentSyncs([1, 2, 3]);
    await w.undo(3);
    await w.later(1, 'cascade');
    await w.work({ tenant, syncId: id(1) });
    expect((await w.sync(3)).undo).toMatchObject({ by: 'key_1', awaitedBy: [id(1)] });
    await w.later(2, 'net');
    await w.settle();
    expect(await w.states(1, 2, 3)).toEqual(['undone', 'undone', 'undone']);
    expect(reversals(w)).toEqual([1, 1, 1]);
  });

  it('during a commit lets the sync commit, undoes the later ones, and then the sync', async () => {
    const w = dependentSyncsWorld({ attempts: 0 });
    w.next('debit.commit', 'away');
    await w.accept(1);
    await w.settle();
    await w.accept(2);
    await w.settle();
    expect(await w.states(1, 2)).toEqual(['parked', 'committed']);
    expect((await w.plan(1)).body.regime).toBe('during commit');
    await expect(w.undo(1)).rejects.toMatchObject({ code: 'undo-conflicts' });
    await w.later(1, 'cascade');
    await w.settle();
    expect([...(await w.states(1, 2)), await waitsOf(w, 1)]).toEqual(['parked', 'undone', undefined]);
    await operate({ ...w, sync: () => w.sync(1) }, 'retry');
    await w.settle();
    expect(await w.states(1)).toEqual(['undone']);
    expect(w.books.debit.total()).toBe(0);
  });

  it('leaves the sync committed until all later ones are undone', async () => {
    const w = dependentSyncsWorld({ attempts: 0 });
    w.next('debit.commit', 'away');
    for (const n of [1, 2]) {
      await w.accept(n);
      await w.settle();
    }
    w.next('debit.rollback', 'away');
    await w.later(1, 'cascade');
    await w.settle();
    await operate({ ...w, sync: () => w.sync(1) }, 'retry');
    await w.settle();
    expect([...(await w.states(1, 2)), await waitsOf(w, 1)]).toEqual(['committed', 'parked', [id(2)]]);
    await operate({ ...w, sync: () => w.sync(2) }, 'retry');
    await w.settle();
    expect(await w.states(1, 2)).toEqual(['undone', 'undone']);
  });

  it('skips none of its syncs when two messages for it run at once', async () => {
    const w = await dependentSyncs([1, 2, 3]);
    await w.later(1, 'cascade');
    await w.rest();
    for (const { body } of w.jobs.splice(0)) await w.work(body);
    await w.rest();
    const [message] = w.jobs.splice(0);
    expect(await w.states(2, 3)).toEqual(['committed', 'undone']);
    await Promise.all([w.work(message?.body as object), w.work(message?.body as object)]);
    expect([(await w.sync(1)).state, await waitsOf(w, 1)]).toEqual(['committed', [id(2)]]);
    await w.settle();
    expect(reversals(w)).toEqual([1, 1, 1]);
  });
});
