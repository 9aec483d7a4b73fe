import { openBatchOn } from '#domain/syncs/batches/open-batch.ts';
import { outsideTokenOf } from '#domain/syncs/outside-token.ts';
import type { Sync } from '#domain/syncs/sync.ts';
import { keepSyncList } from '#domain/syncs/sync-list.ts';
import { continueUndo, type Waiting } from '#domain/syncs/undo/cascade.ts';
import { conflictsOf, mostLaterSyncs } from '#domain/syncs/undo/conflicts.ts';
import type { Items } from '#domain/syncs/undo/touched-subjects.ts';
import { planUndo } from '#domain/syncs/undo/undo-plan.ts';
import { type UndoSync, undoSync } from '#domain/syncs/undo/undo-sync.ts';
import { syncData } from '#events/sync-data.ts';
import type { BatchItem, Pinned } from '#systems/protocol.ts';
import type { OfficeName } from './scripted-offices.ts';
import { syncId, syncWorld, tenant } from './syncs-world.ts';

export const id = (n: number): string => `${syncId.slice(0, -4)}${String(n).padStart(4, '0')}`;
type Accepted = { state?: string; delta_usd?: number; items?: BatchItem[]; tenant?: string };

/**
 * A world of syncs that build upon each other, with the list of syncs from their events and the
 * cascade's worker.
 */
export function dependentSyncsWorld(
  options: Parameters<typeof syncWorld>[0] = {},
  bounds: Partial<typeof mostLaterSyncs> = {},
  unpacked = ({ bytes }: Pinned) => bytes,
) {
  const w = syncWorld(options);
  const read: string[] = [];
  const items: Items = (pinned, spend) => {
    read.push(pinned.key);
    spend(unpacked(pinned));
    return openBatchOn(w)(pinned).items();
  };
  const look = (sync: Sync) => conflictsOf(sync, { table: w.table, items }, { ...mostLaterSyncs, ...bounds });
  const tools = { ...w.tools, look };
  let listed = 0;

  /** Updates the list from the events since the last call, as the subscriber does. */
  async function list(): Promise<void> {
    for (const { tenant: whose, v, data, type } of w.events.slice(listed))
      if (type.startsWith('sync.')) await keepSyncList(w.store, whose, v, syncData.parse(data));
    listed = w.events.length;
  }
  const work = (message: object) => continueUndo(message as Waiting, w.tools);
  /**
   * Runs relay, executions and cascade messages until none is left; each message `times` times.
   */
  async function settle(times = 1): Promise<void> {
    for (let turn = 0; w.written.length > 0 || w.jobs.length > 0; turn++) {
      if (turn > 200) throw new Error('It never comes to rest');
      await w.rest();
      for (const { body } of w.jobs.splice(0)) for (let time = 0; time < times; time++) await work(body);
    }
    await list();
  }
  const sync = async (n: number) => (await w.tools.syncs.read(tenant, outsideTokenOf(tenant, id(n)))) as Sync;
  const undo = (n: number, how: Omit<Partial<UndoSync>, 'tenant' | 'syncId'> = {}) =>
    undoSync({ tenant, syncId: id(n), by: 'key_1', ...how }, tools);
  const plan = (n: number) => planUndo({ tenant, syncId: id(n) }, { ...w.store, look: tools.look });

  return {
    ...w,
    ...{ tools, read, list, work, settle, sync, undo, plan },
    /** Accepts the sync of this number, a second after the last one, with its batch pinned. */
    async accept(
      n: number,
      { state = 'OH', delta_usd = n, items: batch, tenant: whose = tenant }: Accepted = {},
    ): Promise<Sync> {
      w.pass(1_000);
      const { sync } = await w.accept({
        tenant: whose,
        syncId: id(n),
        type: 'benefit.adjusted',
        payload: { state, delta_usd },
      });
      if (!batch) return sync;
      return w.tools.syncs.change(sync, 'pin', (now) => ({ sync: { ...now, batch: w.pin(batch) } }));
    },
    /** Undoes the sync on its current plan. */
    later: async (n: number, later: 'cascade' | 'net') => undo(n, { later, plan: [(await plan(n)).etag] }),
    stateAt: (name: OfficeName, n: number) => w.books[name].query(outsideTokenOf(tenant, id(n))),
    states: async (...all: number[]) => Promise.all(all.map(async (n) => (await sync(n))?.state)),
  };
}
export type DependentSyncsWorld = ReturnType<typeof dependentSyncsWorld>;

/** A world in which these syncs were accepted in sequence and have ended. */
export async function dependentSyncs(
  all: number[],
  options: Parameters<typeof dependentSyncsWorld>[0] = {},
): Promise<DependentSyncsWorld> {
  const w = dependentSyncsWorld(options);
  for (const n of all) await w.accept(n);
  await w.settle();
  return w;
}

/** The number of reversals at debit, by sync. */
export const reversals = (w: DependentSyncsWorld): number[] =>
  w.books.debit.entries().map(({ effects }) => effects.rollback ?? 0);
