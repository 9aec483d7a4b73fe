import * as z from 'zod';
import { makeCheckpoints } from '#domain/syncs/evidence/make-checkpoints.ts';
import { worker } from '#lib/worker.ts';
import { checkpointTools } from '#wiring/evidence.ts';
import { parking } from '#wiring/relay.ts';

/**
 * Signs a checkpoint for each minute of the ledger, once no row of that minute can still arrive.
 */
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
