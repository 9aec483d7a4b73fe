import { keepSyncTicket } from '#domain/syncs/tickets/keep-sync-ticket.ts';
import { syncSubscriber } from '#wiring/subscribers.ts';

/** A ticket for every sync that needs a person, until it does not. */
export const handler = syncSubscriber('sync/keep-ticket', (store, { tenant, v, data, at }) =>
  keepSyncTicket(store, tenant, v, data, at),
);
