import * as z from 'zod';
import { checkpoint } from '#domain/checkpointing.ts';
import { parking } from '#domain/publishing/parking.ts';
import { worker } from '#lib/worker.ts';

/** Signs what the ledger has recorded, minute by minute, as far as no page of it can still be on its way. */
export const handler = worker({
  name: 'every-1-minute.checkpoint',
  data: z.object({ tenant: z.string() }),
  read: () => ({ tenant: '_' }),
  park: parking,
  run: checkpoint,
});
