import { doubtful, type Ruling, refusing, type SagaPhase, takenBack } from '#domain/syncs/saga/phase.ts';
import {
  activeParticipants,
  type CallState,
  isDefinite,
  type PlannedParticipant,
  partOf,
  type Sync,
  voteOf,
} from '#domain/syncs/sync.ts';

export const committed = (sync: Sync, { name }: PlannedParticipant): boolean =>
  voteOf(sync, name, 'commit') === 'yes';

/**
 * Goes on until all systems voted yes. A refusal is retried, compensated by policy, or parked; an
 * unknown outcome is never compensated.
 */
const judgeCommit: SagaPhase['judge'] = (known, { limits }) => {
  const open = activeParticipants(known).filter((system) => !committed(known, system));
  // With an undo cascade, the last later sync turns this one.
  if (open.length === 0 && known.undo && !known.undo.waitingFor)
    return { decide: 'undo', why: 'undo requested during the commit' };
  if (open.length === 0) return { end: 'committed' };
  const [refused] = refusing(known, 'commit');
  const part = refused && partOf(known, refused.name).commit;
  if (refused && part && known.onCommitFailure === 'compensate')
    return compensation(known, open, refused, part) ?? { wait: open };
  if (refused && part && part.refusals >= limits.refusedCommits)
    return { park: `${refused.name} refuses to commit: ${part.reason}`, waitingFor: [refused.name] };
  return { wait: open };
};

/** The undo after a refusal, if nothing forbids it; undefined while an outcome is unknown. */
function compensation(
  known: Sync,
  open: PlannedParticipant[],
  refused: PlannedParticipant,
  { reason }: CallState,
): Ruling | undefined {
  const doubt = doubtful(known);
  if (doubt)
    return {
      park: `${refused.name} refuses to commit, and it is unknown whether ${doubt.name} has committed`,
      waitingFor: [doubt.name],
    };
  const stuck = activeParticipants(known).find(
    (system) => system.undo === 'none' && committed(known, system),
  );
  if (stuck) return { park: `${refused.name} refuses to commit, and ${stuck.name} cannot be undone` };
  if (open.some(({ name }) => isUnsure(partOf(known, name).commit))) return undefined;
  return { decide: 'undo', why: `${refused.name} refuses to commit: ${reason}` };
}

/** The outcome of the commit is unknown. A system that reported it as not done is rolled back. */
const isUnsure = (commit: CallState | undefined): boolean =>
  commit !== undefined && !isDefinite(commit) && !commit.notDone;

/** Every system makes the change. */
export const commit: SagaPhase = {
  name: 'commit',
  isDue: ({ decision }) => decision?.to === 'commit',
  // With `compensate` a refusal is final: a repeat could commit with no rollback to follow.
  owes: (sync, system) =>
    !committed(sync, system) &&
    !(sync.onCommitFailure === 'compensate' && voteOf(sync, system.name, 'commit') === 'no'),
  isDone: committed,
  isSealed: ({ idempotent, undo }) => idempotent === 'none' || undo === 'none',
  // Before a compensation, an unknown outcome is queried and never called again.
  queriesFirst: (sync, known) =>
    sync.onCommitFailure === 'compensate' &&
    known?.vote === 'unknown' &&
    known.sent &&
    sync.plan.systems.some(({ name }) => voteOf(sync, name, 'commit') === 'no'),
  votes: { committed: { vote: 'yes' }, 'rolled-back': takenBack },
  isRefusalFinal: false,
  keepsReceipts: true,
  judge: judgeCommit,
};
