import type { Clock } from '#lib/clock.ts';
import type { Looked } from './conflicts.ts';
import type { Sync } from './sync.ts';
import type { Syncs } from './syncs.ts';
import { wireOf } from './token.ts';
import { isBuiltUpon, undoPlan } from './undo-plan.ts';

type Tools = { syncs: Pick<Syncs, 'read'>; clock: Clock; look: (sync: Sync) => Promise<Looked> };

/** The plan of an undo as it is now. Nobody builds upon what is not decided or already gone: then no other sync is looked at. */
export async function planUndo(
  { tenant, token }: { tenant: string; token: string },
  { syncs, clock, look }: Tools,
) {
  const sync = await syncs.read(tenant, wireOf(tenant, token));
  const looked = sync && isBuiltUpon(sync) ? await look(sync) : undefined;
  return undoPlan(token, sync, clock.now(), looked);
}
