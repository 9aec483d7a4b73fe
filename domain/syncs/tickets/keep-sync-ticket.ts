import { syncEventData } from '#domain/syncs/sync-outbox.ts';
import { readSync } from '#domain/syncs/syncs.ts';
import type { SyncData } from '#events/sync-data.ts';
import type { Store } from '#lib/aws/table.ts';
import { keepTicket } from './keep-ticket.ts';

/**
 * Keeps a sync's ticket. Events can overtake each other: an opened ticket is checked against the
 * sync, so that an end told earlier closes it.
 */
export async function keepSyncTicket(
  store: Store,
  tenant: string,
  v: number,
  data: SyncData,
  at: number,
): Promise<void> {
  if (!(await keepTicket(store, tenant, v, data, at))) return;
  const sync = await readSync(store, tenant, data.sync_id);
  if (sync.v > v) await keepTicket(store, tenant, sync.v, syncEventData(sync), at);
}
