import { keys } from '#domain/keys.ts';
import type { Item, Key, Store } from '#lib/aws/table.ts';
import { Problem } from '#lib/problem.ts';
import { outsideTokenOf } from './outside-token.ts';
import type { Sync, SyncEvent } from './sync.ts';

/**
 * The result of a reducer: the next sync, and the event of this write; undefined if there is
 * nothing to write.
 */
export type Change = { sync: Sync; event?: SyncEvent } | undefined;
export type Reduce = (sync: Sync) => Change;

const turns = 12;

/**
 * The writes of a sync, each conditional on the version that the change was made from. On a
 * conflict the reducer runs again on the newer version.
 */
export const syncsOn = ({ table, newId }: Pick<Store, 'table'> & { newId: () => string }) => ({
  read: async (tenant: string, outsideToken: string): Promise<Sync | undefined> =>
    (await table.getItem(keys.sync(tenant, outsideToken), 'read-sync')) as Sync | undefined,

  /** Reads the sync, and the items under these keys in the same call. */
  async readBeside(
    tenant: string,
    outsideToken: string,
    others: Key[],
  ): Promise<{ sync: Sync | undefined; beside: (Item | undefined)[] }> {
    const [sync, ...beside] = await table.batchGetItems(
      [keys.sync(tenant, outsideToken), ...others],
      'read-sync',
    );
    return { sync: sync as Sync | undefined, beside };
  },

  /**
   * Promises: there was no sync of this id, not even one that was undone before acceptance.
   * Returns the existing one.
   */
  async create(sync: Sync): Promise<{ created: boolean; sync: Sync }> {
    const decision = await table.putItem({
      label: 'accept',
      item: sync,
      condition: 'attribute_not_exists(#pk)',
    });
    const there = (decision.item ?? sync) as Sync;
    return { created: decision.accepted || there.attempt === sync.attempt, sync: there };
  },

  /**
   * Promises: the sync is the one that the reducer saw. On a conflict it runs again on the stored
   * one, so that no answer is lost.
   */
  async change(from: Sync, label: string, reduce: Reduce): Promise<Sync> {
    const attempt = newId();
    let seen = from;
    for (let turn = 0; turn < turns; turn++) {
      const change = reduce({ ...seen, rows: [] });
      if (!change) return seen;
      const v = seen.v + 1;
      const item: Sync = {
        ...change.sync,
        v,
        attempt,
        ...(change.event && { event: change.event, eventV: v }),
      };
      const decision = await table.putItem({ label, item, condition: '#v = :v', values: { v: seen.v } });
      if (decision.accepted) return item;
      if (!decision.item) throw new Error('The sync is gone');
      seen = decision.item as Sync;
      // The response to this write was lost, and it was sent again.
      if (seen.attempt === attempt) return seen;
    }
    throw new Error('The sync kept changing');
  },
});

export type Syncs = ReturnType<typeof syncsOn>;

/** A tenant's sync by its id; undefined if there is none. */
export const findSync = async (
  { table }: Pick<Store, 'table'>,
  tenant: string,
  syncId: string,
): Promise<Sync | undefined> =>
  (await table.getItem(keys.sync(tenant, outsideTokenOf(tenant, syncId)), 'read-sync')) as Sync | undefined;

/** The same, but refuses an unknown id. */
export async function readSync(store: Pick<Store, 'table'>, tenant: string, syncId: string): Promise<Sync> {
  const sync = await findSync(store, tenant, syncId);
  if (!sync) throw new Problem('not-found', { detail: 'There is no such sync.' });
  return sync;
}
