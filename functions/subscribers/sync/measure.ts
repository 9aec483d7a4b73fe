import { isEnding } from '#domain/syncs/sync.ts';
import { count, measure, milliseconds } from '#lib/metrics.ts';
import { syncSubscriber } from '#wiring/subscribers.ts';

/** How long each sync took from its acceptance to its end, and how it ended. */
export const handler = syncSubscriber(
  'sync/measure',
  async (_, { data: { sync_id, type, state, sync_latency_ms = 0 } }) => {
    if (!isEnding(state)) return;
    const measured = { syncs: count(1), sync_latency_ms: milliseconds(sync_latency_ms) };
    measure('sync', measured, { type, state }, { sync: sync_id });
  },
);
