import * as z from 'zod';
import { parking } from '#domain/publishing/parking.ts';
import { syncTools } from '#domain/sync-tools.ts';
import { goOnUndoing } from '#domain/syncs/cascade.ts';
import { worker } from '#lib/worker.ts';

const data = z.object({ tenant: z.string(), token: z.uuid() });

/** An undo goes on that waits for later syncs to be undone first: it was asked for, or one that it waited for has ended. */
export const handler = worker({
  name: 'sync.undo',
  data,
  park: parking,
  run: (waiting) => goOnUndoing(waiting, syncTools()),
});
