import { keys } from '#domain/keys.ts';
import type { SlotData } from '#events/slot-data.ts';
import type { Store } from '#lib/table.ts';

/** One small item per slot under the tenant's list key, so that many are read without an index on the contended items. Promises: nothing newer is there. */
export async function keepSlotList(
  { table }: Store,
  tenant: string,
  v: number,
  { reservation: _, ...view }: SlotData,
): Promise<void> {
  const item = { ...keys.listedSlot(tenant, view.slot_id), v, state: view.state, site: view.site, view };
  await table.putItem({
    label: 'keep-list',
    item,
    condition: 'attribute_not_exists(#pk) OR #v < :v',
    values: { v },
  });
}
