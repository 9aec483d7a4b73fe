import { keys } from '#domain/keys.ts';
import type { SyncData } from '#events/sync-data.ts';
import type { Store } from '#lib/table.ts';

/** One item per sync under the tenant's list key, by the time of its acceptance. Promises: nothing newer is there. */
export async function keepSyncList(
  { table }: Store,
  tenant: string,
  v: number,
  view: SyncData,
): Promise<void> {
  const item = {
    ...keys.listedSync(tenant, Date.parse(view.accepted_at), view.sync_id),
    v,
    state: view.state,
    type: view.type,
    view,
  };
  await table.putItem({
    label: 'keep-sync-list',
    item,
    condition: 'attribute_not_exists(#pk) OR #v < :v',
    values: { v },
  });
}
