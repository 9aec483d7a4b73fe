import * as z from 'zod';
import { wakeWaiting } from '#domain/syncs/recovery/wake-sync.ts';
import { worker } from '#lib/worker.ts';
import { wakingTools } from '#wiring/deployed-tools.ts';
import { parking } from '#wiring/relay.ts';

/** Wakes the syncs that wait for a recovered system, a few at a time. */
export const handler = worker({
  name: 'system.wake',
  data: z.object({ tenant: z.string(), system: z.string(), why: z.string() }),
  park: parking,
  run: (recovered) => wakeWaiting(recovered, wakingTools()),
});
