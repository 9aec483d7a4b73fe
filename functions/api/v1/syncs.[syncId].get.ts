import * as z from 'zod';
import { readProgress } from '#domain/participants/batches/receipts.ts';
import { exampleSyncPath, syncAnswer } from '#domain/syncs/sync-answer.ts';
import { progressView, syncView } from '#domain/syncs/sync-view.ts';
import { readSync } from '#domain/syncs/syncs.ts';
import type { Declaration } from '#lib/http/declaration.ts';
import { flag, waitSeconds } from '#lib/http/fields.ts';
import { untilNew } from '#lib/http/long-poll.ts';
import { uuid } from '#lib/http/uuid-field.ts';
import { digest } from '#lib/ids.ts';
import { tenantDoor } from '#wiring/access.ts';
import { deployedStore } from '#wiring/platform.ts';

const path = z.strictObject({ syncId: uuid });
const query = z.strictObject({ wait: waitSeconds, progress: flag.default(false) });

export const api = {
  summary: 'Read a sync',
  path,
  query,
  example: exampleSyncPath,
  answers: { 200: syncAnswer },
  problems: ['not-found'],
} satisfies Declaration;

/**
 * One sync in its current state. With `wait` and If-None-Match the answer is sent when the sync
 * changes, with `progress` also when a system gets further with a batch.
 */
export const handler = tenantDoor<typeof api>({ path, query }, ({ path, query, caller: { tenant }, event }) =>
  untilNew<{ status: 200; etag: string | number; body: object }>(
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
