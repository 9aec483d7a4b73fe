import * as z from 'zod';
import { wakeWaiting } from '#domain/syncs/recovery/wake-sync.ts';
import { worker } from '#lib/worker.ts';
import { parking } from '#wiring/relay.ts';
import { wakingTools } from '#wiring/syncs.ts';

/** A system answers again: everything that waits for it is woken, a few at a time. */
export const handler = worker({
  name: 'system.wake',
  data: z.object({ tenant: z.string(), system: z.string(), why: z.string() }),
  park: parking,
  run: (recovered) => wakeWaiting(recovered, wakingTools()),
});
