import { chained } from '#domain/syncs/ledger-chain.ts';
import { aborted, undone } from '#domain/syncs/saga/decision.ts';
import { askedBefore, irreversible } from '#domain/syncs/saga/rollback.ts';
import { activeParticipants, type Limits, type PlannedParticipant, type Sync } from '#domain/syncs/sync.ts';
import type { Change } from '#domain/syncs/syncs.ts';
import { Problem } from '#lib/problem.ts';

/**
 * `waitingFor`: ids of later syncs to undo first, in this order. `awaitedBy`: id of the sync that
 * waits for this undo.
 */
export type RequestUndo = { by: string; waitingFor?: string[] | undefined; awaitedBy?: string | undefined };

/**
 * The reducer. The request is kept in every state; what it starts depends on the state and on
 * `waitingFor`.
 */
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
  // The sync does not turn yet: the event starts the first later undo.
  if (waitingFor.length > 0) return { sync: asked, event: { type: 'sync.turned', at } };
  if (sync.state === 'committed') return undone(asked, askedBefore, at, limits);
  if (!sync.decision) return aborted(asked, askedBefore, at, limits, false);
  return { sync: asked };
}

/** Adds one more sync that waits for an undo already requested. */
function awaited(sync: Sync, awaitedBy: string | undefined): Change {
  const { undo } = sync;
  if (!undo || !awaitedBy || undo.awaitedBy?.includes(awaitedBy)) return undefined;
  return { sync: { ...sync, undo: { ...undo, awaitedBy: [...(undo.awaitedBy ?? []), awaitedBy] } } };
}

export function refuseForGood(sync: Sync, at: number): void {
  const stuck = irreversibleAt(sync, at);
  if (stuck.length > 0)
    throw new Problem('undo-refused', {
      detail: `It can no longer be undone at ${stuck.map(({ title }) => title).join(', ')}.`,
    });
}

/** The systems that make an undo impossible; none before the decision. */
export const irreversibleAt = (sync: Sync, now: number): PlannedParticipant[] => {
  if (sync.state === 'committed') return standing(sync, now);
  return sync.decision?.to === 'commit' ? activeParticipants(sync).filter(({ undo }) => undo === 'none') : [];
};

/** The systems of a committed sync that have no undo, or whose undo window is over. */
const standing = (sync: Sync, now: number): PlannedParticipant[] =>
  activeParticipants(sync).filter((system) => {
    const windowEnd = undoEnd(sync, system);
    return irreversible(sync, system) || (windowEnd !== undefined && now > windowEnd);
  });

/** End of a system's undo window (ms); undefined if it has none, or has not committed. */
export function undoEnd(sync: Sync, { name, undoWindowSeconds }: PlannedParticipant): number | undefined {
  const commit = sync.parts[name]?.commit;
  return commit?.vote === 'yes' && undoWindowSeconds !== undefined
    ? commit.at + undoWindowSeconds * 1000
    : undefined;
}
