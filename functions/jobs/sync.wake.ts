import * as z from 'zod';
import { wakeSync } from '#domain/syncs/recovery/wake-sync.ts';
import { worker } from '#lib/worker.ts';
import { parking } from '#wiring/relay.ts';
import { syncTools } from '#wiring/syncs.ts';

const data = z.object({ tenant: z.string(), outsideToken: z.string(), epoch: z.int(), why: z.string() });

/** Continues one sync in a new execution, unless it has changed since it was selected. */
export const handler = worker({
  name: 'sync.wake',
  data,
  park: parking,
  run: (waiting) => wakeSync(waiting, syncTools()),
});
