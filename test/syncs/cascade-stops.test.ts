import { describe, expect, it } from 'vitest';
import { syncView } from '#domain/syncs/sync-view.ts';
import { unsafe } from '#domain/syncs/tickets/operate-sync.ts';
import {
  type DependentSyncsWorld,
  dependentSyncs,
  dependentSyncsWorld,
  id,
} from './dependent-syncs-world.ts';
import { manifests, tenant } from './syncs-world.ts';
import { operate } from './trial.ts';

const waitsOf = async (w: DependentSyncsWorld, n: number) => syncView(await w.sync(n)).undo_waits_for;

describe('a cascade of undos', () => {
  it('stops at a sync that needs an operator, and continues after the operator’s action', async () => {
    const w = await dependentSyncs([1, 2, 3], { attempts: 0 });
    w.next('debit.rollback', 'away');
    await w.later(1, 'cascade');
    await w.settle();
    expect(await w.states(1, 2, 3)).toEqual(['committed', 'committed', 'parked']);
    expect(await waitsOf(w, 1)).toEqual([id(3), id(2)]);
    await w.undo(1);
    await w.settle();
    expect(await w.states(1, 2, 3), 'a second undo does not retry a parked sync').toEqual([
      'committed',
      'committed',
      'parked',
    ]);
    await operate({ ...w, sync: () => w.sync(3) }, 'retry');
    await w.settle();
    expect(await w.states(1, 2, 3)).toEqual(['undone', 'undone', 'undone']);
  });

  const gazetted = {
    ...manifests.gazette,
    takes: { 'benefit.adjusted': { when: [{ field: 'payload.delta_usd', atLeast: 2 }] } },
  };
  /**
   * A later sync that was undecided when the cascade began, and has committed at a system without
   * undo when its turn comes.
   */
  const overtaken = async () => {
    const w = dependentSyncsWorld({ systems: [manifests.debit, gazetted] });
    await w.accept(1);
    await w.settle();
    await w.accept(2);
    const [unheard] = [w.written.splice(0)];
    await w.accept(3, { delta_usd: 1 });
    await w.settle();
    const asked = {
      conflicts: [{ sync: await w.sync(2), through: id(1), subjects: 1, examples: [] }],
      complete: true,
    };
    w.tools.look = async () => asked;
    await w.later(1, 'cascade');
    const sent = w.written.splice(0);
    w.written.push(...unheard);
    await w.settle();
    expect(await w.states(1, 2)).toEqual(['committed', 'committed']);
    w.written.push(...sent);
    await w.settle();
    return w;
  };

  it('parks the first sync when a later one can no longer be undone; an operator may roll it back alone', async () => {
    const w = await overtaken();
    const sync = await w.sync(1);
    expect(sync).toMatchObject({ state: 'parked', parked: { why: expect.stringContaining(id(2)) } });
    expect(await waitsOf(w, 1)).toEqual([id(2)]);
    expect(unsafe(sync, { action: 'skip', system: 'debit' })).toBeDefined();
    expect(w.stateAt('debit', 1)).toBe('committed');
    await operate({ ...w, sync: () => w.sync(1) }, 'retry');
    await w.settle();
    expect((await w.sync(1)).state, 'nothing has changed').toBe('parked');
    await operate({ ...w, sync: () => w.sync(1) }, 'force-rollback');
    await w.settle();
    expect([...(await w.states(1, 2)), await waitsOf(w, 1)]).toEqual(['undone', 'committed', undefined]);
    const successes = w.events.filter(
      ({ type, data }) => type === 'sync.committed' && data.sync_id === id(1),
    );
    expect(new Set(successes.map(({ id: each }) => each)).size).toBe(1);
    expect((await w.tools.syncs.read(tenant, sync.outsideToken))?.undo).toEqual({
      at: expect.any(Number),
      by: 'key_1',
    });
  });
});
