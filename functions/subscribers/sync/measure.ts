import { syncSubscriber } from '#domain/publishing/subscriber.ts';
import { measure } from '#lib/metrics.ts';

const ends = ['committed', 'rolled_back', 'undone'];

/** How long each sync took from its acceptance to its end, and how it ended. */
export const handler = syncSubscriber('sync/measure', async (_, { data: { sync_id, type, state, sync_latency_ms = 0 } }) => {
  if (!ends.includes(state)) return;
  const measured = {
    syncs: { value: 1, unit: 'Count' as const },
    sync_latency_ms: { value: sync_latency_ms, unit: 'Milliseconds' as const },
  };
  measure('sync', measured, { type, state }, { sync: sync_id });
});
