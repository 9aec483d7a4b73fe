import * as z from 'zod';
import { readProgress } from '#domain/participants/batches/receipts.ts';
import { progressView, syncView } from '#domain/syncs/sync-view.ts';
import { readSync } from '#domain/syncs/syncs.ts';
import { endpoint } from '#lib/http/endpoint.ts';
import { flag, waitSeconds } from '#lib/http/fields.ts';
import { untilNew } from '#lib/http/long-poll.ts';
import { uuid } from '#lib/http/uuid-field.ts';
import { digest } from '#lib/ids.ts';
import { callers } from '#wiring/access.ts';
import { deployedStore } from '#wiring/platform.ts';

const path = z.strictObject({ syncId: uuid });
const query = z.strictObject({ wait: waitSeconds, progress: flag.default(false) });

/** One sync as it stands. With `wait` and If-None-Match the answer comes when it changes, with `progress` also when a system is further with a batch. */
export const handler = endpoint({ path, query, callers }, ({ path, query, caller: { tenant }, event }) =>
  untilNew<{ status: number; etag: string | number; body: object }>(
    event,
    query.wait,
    deployedStore().clock,
    async () => {
      const sync = await readSync(deployedStore(), tenant, path.syncId);
      if (!query.progress || !sync.batch) return { status: 200, etag: sync.v, body: syncView(sync) };
      const progress = progressView(sync, await readProgress(deployedStore(), tenant, sync.outsideToken));
      return { status: 200, etag: digest(sync.v, progress), body: { ...syncView(sync), progress } };
    },
  ),
);
