import { syncTools } from './sync-tools.ts';
import type { Conducting } from './syncs/conduct.ts';
import { recovered } from './syncs/turn.ts';

/** A new epoch for a sync that still stands in the one that was seen. */
export async function wakeSync({ tenant, wire, epoch, why }: Conducting & { why: string }): Promise<string> {
  const { syncs, clock, limits } = syncTools();
  const sync = await syncs.read(tenant, wire);
  if (!sync || sync.epoch !== epoch) return 'moved on';
  const written = await syncs.change(sync, 'wake', (now) => recovered(now, epoch, why, clock.now(), limits));
  return written.epoch > epoch ? 'woken' : 'moved on';
}
