import { keys, padded } from '#domain/keys.ts';
import { syncType } from '#events/index.ts';
import type { Page, Store } from '#lib/table.ts';
import type { State } from './sync.ts';

/** `type` in any of its spellings; `since` in ms: accepted then or later. */
export type SyncFilter = { state?: State | undefined; type?: string | undefined; since?: number | undefined };
type Range = { limit: number; after?: string | undefined };

/** The tenant's syncs by the time of their acceptance, as far as events have told; `view` of each item is what callers see. */
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

/** Behind every sync that was accepted before: tokens are lower-case hexadecimal, and a tilde comes after all of it. */
const lastBefore = (since: number): string => `${padded(since - 1)}#~`;
