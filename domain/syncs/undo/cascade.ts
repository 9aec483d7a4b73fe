import { outsideTokenOf } from '#domain/syncs/outside-token.ts';
import { committed, undone } from '#domain/syncs/saga/decision.ts';
import { askedBefore } from '#domain/syncs/saga/rollback.ts';
import { parked } from '#domain/syncs/saga/transitions.ts';
import { activeParticipants, type Limits, type Sync } from '#domain/syncs/sync.ts';
import type { Change, Syncs } from '#domain/syncs/syncs.ts';
import type { Clock } from '#lib/clock.ts';
import { Problem } from '#lib/problem.ts';
import { requestUndo } from './request-undo.ts';

type Tools = { syncs: Syncs; clock: Clock; limits: Limits };
export type Waiting = { tenant: string; syncId: string };

/**
 * Advances the undo of a sync: requests the undo of each later sync in turn, once the one before
 * has ended, and then of the sync itself. Reads the items alone, so it may run late, twice, or in
 * parallel.
 */
export async function continueUndo(
  { tenant, syncId }: Waiting,
  { syncs, clock, limits }: Tools,
): Promise<string> {
  let sync = await syncs.read(tenant, outsideTokenOf(tenant, syncId));
  while (sync?.undo?.waitingFor) {
    const { by, waitingFor } = sync.undo;
    const [next = ''] = waitingFor;
    const at = clock.now();
    const later = await syncs.read(tenant, outsideTokenOf(tenant, next));
    if (later && !isReversed(later)) {
      const said = await syncs
        .change(later, 'undo', (now) =>
          isReversed(now) ? undefined : requestUndo(now, { by, awaitedBy: syncId }, at, limits),
        )
        .catch(refusal);
      if (typeof said === 'string') {
        await syncs.change(sync, 'park', (now) =>
          stopped(now, `${next} came later and must be undone first. ${said}`, at),
        );
        return `stopped at ${next}`;
      }
      if (!isReversed(said)) return `waits for ${next}`;
    }
    sync = await syncs.change(sync, 'undo', (now) => passed(now, next, at, limits));
  }
  return 'nothing to wait for';
}

/** Nothing of the sync is left at any system. */
export const isReversed = ({ state }: Pick<Sync, 'state'>): boolean =>
  state === 'undone' || state === 'rolled_back';

const refusal = (error: unknown): string => {
  if (error instanceof Problem && error.code === 'undo-refused') return error.message;
  throw error;
};

/**
 * The reducer: one later sync is undone. After the last, a committed sync turns itself; one that
 * is still committing turns at its end.
 */
function passed(sync: Sync, gone: string, at: number, limits: Limits): Change {
  if (sync.undo?.waitingFor?.[0] !== gone) return undefined;
  const { waitingFor: before, ...undo } = sync.undo;
  const waits = before.slice(1);
  if (waits.length > 0) return { sync: { ...sync, undo: { ...undo, waitingFor: waits } } };
  const last = { ...sync, undo };
  return isDone(sync) ? undone(last, askedBefore, at, limits) : { sync: last };
}

/** A later sync can no longer be undone: the undo parks for an operator. */
const stopped = (sync: Sync, why: string, at: number): Change =>
  sync.undo?.waitingFor && sync.state === 'committed' ? parked(sync, why, at) : undefined;

/** The sync has committed everywhere, and waits for the undo of later syncs. */
export const isDone = (sync: Sync): boolean =>
  (sync.state === 'committed' || sync.state === 'parked') &&
  sync.decision?.to === 'commit' &&
  activeParticipants(sync).every((system) => committed(sync, system));
