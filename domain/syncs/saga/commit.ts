import { activeParticipants, type CallState, type Limits, partOf, type Sync } from '#domain/syncs/sync.ts';
import type { Change } from '#domain/syncs/syncs.ts';
import { fold, isDefinite, type ParticipantAnswer } from './answers.ts';
import { committed, doubtful, learnt, refusing, undone } from './decision.ts';
import { ended, parked, watched } from './transitions.ts';

/**
 * The Commit reducer: retries until all systems voted yes. A refusal is retried, compensated by
 * policy, or parked; an unknown outcome is never compensated.
 */
export const afterCommit =
  (answers: ParticipantAnswer[], at: number, limits: Limits, epoch: number) =>
  (sync: Sync): Change => {
    const known = fold(sync, answers, at);
    if (sync.decision?.to !== 'commit' || sync.epoch !== epoch || sync.state !== 'committing')
      return learnt(sync, known, at, limits);
    const open = activeParticipants(known).filter((system) => !committed(known, system));
    // With an undo cascade, the last later sync turns this one.
    if (open.length === 0 && known.undo && !known.undo.waitingFor)
      return undone(known, 'undo requested during the commit', at, limits);
    if (open.length === 0) return ended(known, 'committed', at);
    const [refused] = refusing(known, 'commit');
    const part = refused && partOf(known, refused.name).commit;
    const doubt = doubtful(known);
    if (refused && part && known.onCommitFailure === 'compensate') {
      const unsure = open.find(({ name }) => isUnsure(partOf(known, name).commit));
      if (doubt)
        return parked(
          { ...known, waitingFor: [doubt.name] },
          `${refused.name} refuses to commit, and it is unknown whether ${doubt.name} has committed`,
          at,
        );
      const stuck = activeParticipants(known).find(
        (system) => system.undo === 'none' && committed(known, system),
      );
      if (stuck)
        return parked(known, `${refused.name} refuses to commit, and ${stuck.name} cannot be undone`, at);
      if (!unsure) return undone(known, `${refused.name} refuses to commit: ${part.reason}`, at, limits);
    } else if (refused && part && part.refusals >= limits.refusedCommits) {
      return parked(
        { ...known, waitingFor: [refused.name] },
        `${refused.name} refuses to commit: ${part.reason}`,
        at,
      );
    }
    return { sync: watched({ ...known, waitingFor: open.map(({ name }) => name) }, at, limits) };
  };

/** The outcome of the commit is unknown. A system that reported it as not done is rolled back. */
const isUnsure = (commit: CallState | undefined): boolean =>
  commit !== undefined && !isDefinite(commit) && !commit.notDone;
