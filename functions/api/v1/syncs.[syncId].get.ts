import * as z from 'zod';
import { callers } from '#domain/access/callers.ts';
import { readSync } from '#domain/syncs/read-sync.ts';
import { syncView } from '#domain/syncs/sync-view.ts';
import { endpoint } from '#lib/endpoint.ts';
import { waitSeconds } from '#lib/fields.ts';
import { untilNew } from '#lib/long-poll.ts';
import { store } from '#lib/store.ts';
import { uuid } from '#lib/uuid-field.ts';

const path = z.strictObject({ syncId: uuid });
const query = z.strictObject({ wait: waitSeconds });

/** One sync as it stands. With `wait` and If-None-Match the answer comes when it changes. */
export const handler = endpoint({ path, query, callers }, ({ path, query, caller, event }) =>
  untilNew(event, query.wait, store().clock, async () => {
    const sync = await readSync(store(), caller.tenant, path.syncId);
    return { status: 200, etag: sync.v, body: syncView(sync) };
  }),
);
