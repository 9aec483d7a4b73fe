import * as z from 'zod';
import { makeCheckpoints } from '#domain/syncs/evidence/make-checkpoints.ts';
import { worker } from '#lib/worker.ts';
import { checkpointTools } from '#wiring/evidence.ts';
import { parking } from '#wiring/relay.ts';

/** Signs what the ledger has recorded, minute by minute, as far as no page of it can still be on its way. */
export const handler = worker({
  name: 'every-1-minute.checkpoint',
  data: z.object({ tenant: z.string() }),
  read: () => ({ tenant: '_' }),
  park: parking,
  run: async () => {
    const { made, upTo } = await makeCheckpoints(checkpointTools());
    return `${made} made, up to ${upTo || 'nothing'}`;
  },
});
