import { isEnding } from '#domain/syncs/sync.ts';
import { count, measure, milliseconds } from '#lib/metrics.ts';
import { syncSubscriber } from '#wiring/subscribers.ts';

/** Measures how long each sync took from acceptance to its end, and its outcome. */
export const handler = syncSubscriber(
  'sync/measure',
  async (_, { data: { sync_id, type, state, sync_latency_ms = 0 } }) => {
    if (!isEnding(state)) return;
    const measured = { syncs: count(1), sync_latency_ms: milliseconds(sync_latency_ms) };
    measure('sync', measured, { type, state }, { sync: sync_id });
  },
);
