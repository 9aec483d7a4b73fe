import { keepSyncTicket } from '#domain/syncs/tickets/keep-sync-ticket.ts';
import { syncSubscriber } from '#wiring/subscribers.ts';

/** Keeps a ticket open for every sync that needs an operator. */
export const handler = syncSubscriber('sync/keep-ticket', (store, { tenant, v, data, at }) =>
  keepSyncTicket(store, tenant, v, data, at),
);
