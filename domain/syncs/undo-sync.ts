import type { Clock } from '#lib/clock.ts';
import { Problem } from '#lib/problem.ts';
import { undoneBefore } from './begin.ts';
import { aborted, undone } from './decide.ts';
import { askedBefore, irreversible } from './reverse.ts';
import { chained } from './rows.ts';
import { type Limits, type Planned, type Sync, taking } from './sync.ts';
import type { Change, Syncs } from './syncs.ts';
import { wireOf } from './token.ts';

export type UndoSync = { tenant: string; token: string; by: string };
type Tools = { syncs: Syncs; clock: Clock; newId: () => string; limits: Limits };

/**
 * One token undoes it, in any phase and any number of times: before it has come, it never will; before it is decided, it is aborted; while it commits, it
 * is finished and then reversed; after success it is reversed, as long as every system's window is open. The first asking is what every later one is told.
 */
export async function undoSync({ tenant, token, by }: UndoSync, { syncs, clock, newId, limits }: Tools): Promise<Sync> {
  const wire = wireOf(tenant, token);
  const found = await syncs.read(tenant, wire);
  const at = clock.now();
  if (!found) {
    const { sync } = await syncs.create(undoneBefore(tenant, token, by, newId(), at));
    if (sync.undo) return sync;
    return syncs.change(sync, 'undo', (now) => askUndo(now, by, at, limits));
  }
  return syncs.change(found, 'undo', (now) => askUndo(now, by, at, limits));
}

/** The reducer. Asking is remembered in every state; what it sets going depends on how far the sync is. */
export function askUndo(sync: Sync, by: string, at: number, limits: Limits): Change {
  if (sync.undo) return undefined;
  const stuck = forGood(sync, at);
  if (stuck.length > 0)
    throw new Problem('undo-refused', { detail: `It can no longer be undone at ${stuck.map(({ title }) => title).join(', ')}.` });
  const asked = chained({ ...sync, undo: { at, by } }, at, [{ system: 'lockstep', action: 'undo', result: 'asked', detail: `by ${by}` }]);
  if (sync.state === 'committed') return undone(asked, askedBefore, at, limits);
  if (!sync.decision) return aborted(asked, askedBefore, at, limits, false);
  return { sync: asked };
}

/** The systems because of which a sync can no longer be undone: before the decision there is none. */
export const forGood = (sync: Sync, now: number): Planned[] => {
  if (sync.state === 'committed') return standing(sync, now);
  return sync.decision?.to === 'commit' ? taking(sync).filter(({ undo }) => undo === 'none') : [];
};

/** The systems at which a committed sync can no longer be undone: they cannot at all, or their window is over. */
export const standing = (sync: Sync, now: number): Planned[] =>
  taking(sync).filter((system) => {
    const windowEnd = undoEnd(sync, system);
    return irreversible(sync, system) || (windowEnd !== undefined && now > windowEnd);
  });

/** Until when (ms) a system takes its commit back; undefined where that is for ever, or where it has not committed. */
export function undoEnd(sync: Sync, { name, undoWindowSeconds }: Planned): number | undefined {
  const commit = sync.parts[name]?.commit;
  return commit?.vote === 'yes' && undoWindowSeconds !== undefined ? commit.at + undoWindowSeconds * 1000 : undefined;
}
