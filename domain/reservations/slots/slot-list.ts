import { keys } from '#domain/keys.ts';
import type { SlotData } from '#events/slot-data.ts';
import { keepNewest } from '#lib/aws/projection.ts';
import type { Page, Store } from '#lib/aws/table.ts';

type Filter = {
  available?: boolean | undefined;
  site?: string | undefined;
  limit: number;
  after?: string | undefined;
};

/**
 * The slots of a tenant by number, built from events; `view` of each item is what callers
 * see.
 */
export function listSlots(
  { table }: Store,
  tenant: string,
  { available, site, limit, after }: Filter,
): Promise<Page> {
  const conditions = [
    ...(available === undefined ? [] : [available ? '#state = :free' : '#state <> :free']),
    ...(site === undefined ? [] : ['#site = :site']),
  ];
  return table.queryItems({
    label: 'list-slots',
    pk: keys.listedSlot(tenant, 1).pk,
    limit,
    ...(after && { after }),
    ...(conditions.length > 0 && { filter: conditions.join(' AND ') }),
    values: { ...(available !== undefined && { free: 'free' }), ...(site !== undefined && { site }) },
  });
}

/**
 * Keeps one small item per slot under the tenant's list key, so that listing needs no index on the
 * contended items. Promises: nothing newer is there.
 */
export const keepSlotList = (
  store: Store,
  tenant: string,
  v: number,
  { reservation: _, ...view }: SlotData,
): Promise<void> =>
  keepNewest(store, 'keep-list', {
    ...keys.listedSlot(tenant, view.slot_id),
    ...{ v, state: view.state, site: view.site, view },
  });
