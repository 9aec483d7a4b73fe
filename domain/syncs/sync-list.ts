import { keys, padded } from '#domain/keys.ts';
import { syncType } from '#events/index.ts';
import type { SyncData } from '#events/sync-data.ts';
import { keepNewest } from '#lib/aws/projection.ts';
import type { Page, Store } from '#lib/aws/table.ts';
import type { State } from './sync.ts';

/** `type` in any spelling; `since` in ms: accepted then or later. */
export type SyncFilter = { state?: State | undefined; type?: string | undefined; since?: number | undefined };
type Range = { limit: number; after?: string | undefined };

/**
 * The tenant's syncs by acceptance time, built from events; `view` of each item is what
 * callers see.
 */
export function listSyncs(
  { table }: Store,
  tenant: string,
  { state, type, since, limit, after }: SyncFilter & Range,
): Promise<Page> {
  const conditions = [
    ...(state === undefined ? [] : ['#state = :state']),
    ...(type === undefined ? [] : ['#type = :type']),
  ];
  const from = after ?? (since !== undefined && since > 0 ? lastBefore(since) : undefined);
  return table.queryItems({
    label: 'list-syncs',
    pk: keys.listedSync(tenant, 0, '').pk,
    limit,
    ...(from && { after: from }),
    ...(conditions.length > 0 && { filter: conditions.join(' AND ') }),
    values: {
      ...(state !== undefined && { state }),
      ...(type !== undefined && { type: syncType(type)?.type ?? type }),
    },
  });
}

/**
 * Sorts after every sync accepted before: sync ids are lower-case hexadecimal, and a tilde comes
 * after all of it.
 */
const lastBefore = (since: number): string => `${padded(since - 1)}#~`;

/**
 * Keeps one item per sync under the tenant's list key, by acceptance time. Promises: nothing newer
 * is there.
 */
export const keepSyncList = (store: Store, tenant: string, v: number, view: SyncData): Promise<void> =>
  keepNewest(store, 'keep-sync-list', {
    ...keys.listedSync(tenant, Date.parse(view.accepted_at), view.sync_id),
    ...{ v, state: view.state, type: view.type, view },
  });
