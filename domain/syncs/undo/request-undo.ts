import { chained } from '#domain/syncs/ledger-chain.ts';
import { aborted, undone } from '#domain/syncs/saga/decision.ts';
import { askedBefore, irreversible } from '#domain/syncs/saga/rollback.ts';
import { activeParticipants, type Limits, type PlannedParticipant, type Sync } from '#domain/syncs/sync.ts';
import type { Change } from '#domain/syncs/syncs.ts';
import { Problem } from '#lib/problem.ts';

/** `waits`: tokens of later syncs that are taken back first, in this order. `awaitedBy`: the token of the one that waits for this. */
export type RequestUndo = { by: string; waitingFor?: string[] | undefined; awaitedBy?: string | undefined };

/** The reducer. Asking is remembered in every state; what it sets going depends on how far the sync is, and on what has to be taken back first. */
export function requestUndo(
  sync: Sync,
  { by, waitingFor = [], awaitedBy }: RequestUndo,
  at: number,
  limits: Limits,
): Change {
  if (sync.undo) return awaited(sync, awaitedBy);
  refuseForGood(sync, at);
  const first =
    waitingFor.length > 0
      ? `after ${waitingFor.length} later`
      : awaitedBy
        ? `so that ${awaitedBy} can be undone`
        : '';
  const undo = {
    at,
    by,
    ...(waitingFor.length > 0 && { waitingFor }),
    ...(awaitedBy && { awaitedBy: [awaitedBy] }),
  };
  const asked = chained({ ...sync, undo }, at, [
    {
      ...{ system: 'lockstep', action: 'undo', result: 'asked', by: { role: 'publisher', key: by } },
      ...(first && { detail: first }),
    },
  ]);
  // Nothing turns yet: the event sends for the first of those that come before it.
  if (waitingFor.length > 0) return { sync: asked, event: { type: 'sync.turned', at } };
  if (sync.state === 'committed') return undone(asked, askedBefore, at, limits);
  if (!sync.decision) return aborted(asked, askedBefore, at, limits, false);
  return { sync: asked };
}

/** One more waits for an undo that somebody else has asked for. */
function awaited(sync: Sync, awaitedBy: string | undefined): Change {
  const { undo } = sync;
  if (!undo || !awaitedBy || undo.awaitedBy?.includes(awaitedBy)) return undefined;
  return { sync: { ...sync, undo: { ...undo, awaitedBy: [...(undo.awaitedBy ?? []), awaitedBy] } } };
}

export function refuseForGood(sync: Sync, at: number): void {
  const stuck = forGood(sync, at);
  if (stuck.length > 0)
    throw new Problem('undo-refused', {
      detail: `It can no longer be undone at ${stuck.map(({ title }) => title).join(', ')}.`,
    });
}

/** The systems because of which a sync can no longer be undone: before the decision there is none. */
export const forGood = (sync: Sync, now: number): PlannedParticipant[] => {
  if (sync.state === 'committed') return standing(sync, now);
  return sync.decision?.to === 'commit' ? activeParticipants(sync).filter(({ undo }) => undo === 'none') : [];
};

/** The systems at which a committed sync can no longer be undone: they cannot at all, or their window is over. */
const standing = (sync: Sync, now: number): PlannedParticipant[] =>
  activeParticipants(sync).filter((system) => {
    const windowEnd = undoEnd(sync, system);
    return irreversible(sync, system) || (windowEnd !== undefined && now > windowEnd);
  });

/** Until when (ms) a system takes its commit back; undefined where that is for ever, or where it has not committed. */
export function undoEnd(sync: Sync, { name, undoWindowSeconds }: PlannedParticipant): number | undefined {
  const commit = sync.parts[name]?.commit;
  return commit?.vote === 'yes' && undoWindowSeconds !== undefined
    ? commit.at + undoWindowSeconds * 1000
    : undefined;
}
