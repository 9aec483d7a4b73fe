import * as z from 'zod';
import { parking } from '#domain/publishing/parking.ts';
import { wakeWaiting } from '#domain/waking.ts';
import { worker } from '#lib/worker.ts';

/** A system answers again: everything that waits for it is woken, a few at a time. */
export const handler = worker({
  name: 'system.wake',
  data: z.object({ tenant: z.string(), system: z.string(), why: z.string() }),
  park: parking,
  run: wakeWaiting,
});
