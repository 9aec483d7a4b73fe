import { keys } from '#domain/keys.ts';
import type { Item, Key, Store } from '#lib/aws/table.ts';
import { Problem } from '#lib/problem.ts';
import { outsideTokenOf } from './outside-token.ts';
import type { Sync, SyncEvent } from './sync.ts';

/** What a reducer makes of a sync: the next one, with the event that this write tells; undefined where there is nothing to write. */
export type Change = { sync: Sync; event?: SyncEvent } | undefined;
export type Reduce = (sync: Sync) => Change;

const turns = 12;

/** The sync's writes. All of them are conditional on the very version that the change was made from: whoever meets a newer one makes his change of that. */
export const syncsOn = ({ table, newId }: Pick<Store, 'table'> & { newId: () => string }) => ({
  read: async (tenant: string, outsideToken: string): Promise<Sync | undefined> =>
    (await table.getItem(keys.sync(tenant, outsideToken), 'read-sync')) as Sync | undefined,

  /** The sync, and in the same call whatever else stands under these keys. */
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

  /** Promises: there was no sync of this token, not even one that was undone before it came. Brings back the one that there is. */
  async create(sync: Sync): Promise<{ created: boolean; sync: Sync }> {
    const decision = await table.putItem({
      label: 'accept',
      item: sync,
      condition: 'attribute_not_exists(#pk)',
    });
    const there = (decision.item ?? sync) as Sync;
    return { created: decision.accepted || there.attempt === sync.attempt, sync: there };
  },

  /** Promises: what was decided from is what stands. Otherwise it is decided again, from what stands now; so nothing that was learnt is lost. */
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
      // The answer to this very write was lost, and it was sent once more.
      if (seen.attempt === attempt) return seen;
    }
    throw new Error('The sync is being changed by many at once');
  },
});

export type Syncs = ReturnType<typeof syncsOn>;

/** A tenant's sync by its token; undefined where there is none. */
export const findSync = async (
  { table }: Pick<Store, 'table'>,
  tenant: string,
  syncId: string,
): Promise<Sync | undefined> =>
  (await table.getItem(keys.sync(tenant, outsideTokenOf(tenant, syncId)), 'read-sync')) as Sync | undefined;

/** The same; refuses where there is none. */
export async function readSync(store: Pick<Store, 'table'>, tenant: string, syncId: string): Promise<Sync> {
  const sync = await findSync(store, tenant, syncId);
  if (!sync) throw new Problem('not-found', { detail: 'There is no such sync.' });
  return sync;
}
