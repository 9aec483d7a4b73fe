import { keepSyncList } from '#domain/syncs/sync-list.ts';
import { syncSubscriber } from '#wiring/subscribers.ts';

/** Keeps the list that `GET /syncs` reads. */
export const handler = syncSubscriber('sync/keep-list', (store, { tenant, v, data }) =>
  keepSyncList(store, tenant, v, data),
);
