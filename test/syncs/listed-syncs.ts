import { keepSyncList } from '#domain/syncs/sync-list.ts';
import { syncEventData } from '#domain/syncs/sync-outbox.ts';
import { syncData } from '#events/sync-data.ts';
import type { BatchItem } from '#systems/protocol.ts';
import type { DependentSyncsWorld } from './dependent-syncs-world.ts';
import { tenant } from './syncs-world.ts';

/** `count` items with ids from `first` on. */
export const items = (first: number, count = 10): BatchItem[] =>
  Array.from({ length: count }, (_, n) => ({ id: `p-${first + n}`, amount_minor: 2_500 }));
/** Accepts a sync, and adds it to the list from its event. */
export async function come(
  w: DependentSyncsWorld,
  n: number,
  how: Parameters<DependentSyncsWorld['accept']>[1] = {},
) {
  const sync = await w.accept(n, how);
  await keepSyncList(w.store, tenant, sync.v, syncData.parse(syncEventData(sync)));
}
export const found = async (w: DependentSyncsWorld, n: number) => {
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
