import * as z from 'zod';
import { parking } from '#domain/publishing/parking.ts';
import { watch } from '#domain/watching.ts';
import { worker } from '#lib/worker.ts';

/** Looks at every open sync that nobody has touched for too long, and says how many there are and how old. */
export const handler = worker({
  name: 'every-1-minute.watchdog',
  data: z.object({ tenant: z.string() }),
  read: () => ({ tenant: '_' }),
  park: parking,
  run: watch,
});
