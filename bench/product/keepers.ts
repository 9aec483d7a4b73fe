import { isEnding } from '#domain/syncs/sync.ts';
import { keepSyncList } from '#domain/syncs/sync-list.ts';
import { readSync } from '#domain/syncs/syncs.ts';
import { keepSyncTicket } from '#domain/syncs/tickets/keep-sync-ticket.ts';
import { keepTicketList } from '#domain/syncs/tickets/ticket-list.ts';
import type { CloudEvent } from '#events/event.ts';
import { syncData } from '#events/sync-data.ts';
import { ticketData } from '#events/ticket-data.ts';
import type { Store } from '#lib/aws/table.ts';

type Keep = (store: Store, event: CloudEvent) => Promise<unknown>;

/** The handler of each subscriber, by the name of its door. */
const keepers: Record<string, Keep> = {
  'subscribers/sync/answer-task': async (store, { tenant, data }) => {
    const { state, sync_id } = syncData.parse(data);
    if (isEnding(state)) await readSync(store, tenant, sync_id);
  },
  'subscribers/sync/keep-list': (store, { tenant, v, data }) =>
    keepSyncList(store, tenant, v, syncData.parse(data)),
  'subscribers/sync/keep-ticket': (store, { tenant, v, data, time }) =>
    keepSyncTicket(store, tenant, v, syncData.parse(data), Date.parse(time)),
  'subscribers/sync/measure': async () => {},
  'subscribers/ticket/keep-list': (store, { tenant, v, data }) =>
    keepTicketList(store, tenant, v, ticketData.parse(data)),
};

/** Throws for an unknown subscriber, whose cost would otherwise be left out. */
export async function keep(door: string, store: Store, event: CloudEvent): Promise<void> {
  const run = keepers[door];
  if (!run) throw new Error(`bench/product/keepers.ts does not know ${door}`);
  await run(store, event);
}
