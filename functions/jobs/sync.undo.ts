import * as z from 'zod';
import { continueUndo } from '#domain/syncs/undo/cascade.ts';
import { worker } from '#lib/worker.ts';
import { parking } from '#wiring/relay.ts';
import { syncTools } from '#wiring/syncs.ts';

const data = z.object({ tenant: z.string(), syncId: z.guid() });

/**
 * Continues an undo that waits for later syncs to be undone first: it was requested, or one of
 * those syncs has ended.
 */
export const handler = worker({
  name: 'sync.undo',
  data,
  park: parking,
  run: (waiting) => continueUndo(waiting, syncTools()),
});
