import { syncSubscriber } from '#domain/publishing/subscriber.ts';
import { keepSyncList } from '#domain/syncs/keep-sync-list.ts';

/** Keeps the list that `GET /syncs` reads. */
export const handler = syncSubscriber('sync/keep-list', (store, { tenant, v, data }) =>
  keepSyncList(store, tenant, v, data),
);
