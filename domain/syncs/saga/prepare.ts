import { activeParticipants, type Limits, partOf, type Sync } from '#domain/syncs/sync.ts';
import type { Change } from '#domain/syncs/syncs.ts';
import { fold, type ParticipantAnswer } from './answers.ts';
import { aborted, learnt, prepared, refusing } from './decision.ts';
import { decided, watched } from './transitions.ts';

/**
 * The Prepare reducer: folds the votes, and decides as soon as they allow it. If the sync is
 * already decided, the answers are added and that decision holds.
 */
export const afterPrepare =
  (answers: ParticipantAnswer[], at: number, limits: Limits, waitMs: number, epoch: number) =>
  (sync: Sync): Change => {
    const known = fold(sync, answers, at);
    if (sync.decision || sync.epoch !== epoch || sync.state === 'parked')
      return learnt(sync, known, at, limits);
    const [refused] = refusing(known, 'prepare');
    if (refused)
      return aborted(
        known,
        `${refused.name} refuses: ${partOf(known, refused.name).prepare?.reason}`,
        at,
        limits,
      );
    const ready = activeParticipants(known).every((system) => prepared(known, system));
    const until = Math.min(
      ...activeParticipants(known).map(
        ({ name }) => partOf(known, name).prepare?.validUntil ?? Number.POSITIVE_INFINITY,
      ),
    );
    if (at >= known.deadline) return aborted(known, `the deadline has passed${awaited(known)}`, at, limits);
    if (ready && at >= until) return aborted(known, 'a yes vote has expired', at, limits);
    if (ready) return decided(known, 'commit', 'all systems say yes', at, limits, true);
    const waits = activeParticipants(known).filter((system) => !prepared(known, system));
    return {
      sync: watched(
        { ...known, waitTurns: known.waitTurns + 1, waitingFor: waits.map(({ name }) => name) },
        at,
        limits,
        waitMs,
      ),
    };
  };

const awaited = (sync: Sync): string => {
  const names = activeParticipants(sync).filter((system) => !prepared(sync, system));
  return names.length > 0 ? `; without a yes: ${names.map(({ name }) => name).join(', ')}` : '';
};
