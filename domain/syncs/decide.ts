import { type Answer, fold, isDefinite } from './fold.ts';
import { isUnheard, owesRollback } from './reverse.ts';
import {
  budgetMs,
  isEnded,
  type Known,
  type Limits,
  longestLegMs,
  type Planned,
  partOf,
  type Sync,
  skewMs,
  taking,
  voteOf,
} from './sync.ts';
import type { Change } from './syncs.ts';
import { decided, ended, parked, reopened, watched, woken } from './turn.ts';

/** `first`: may be asked at once; `last`: only when all others have said yes. */
export const ranks = (sync: Sync) => ({
  first: taking(sync).filter(({ last }) => !last),
  last: taking(sync).filter(({ last }) => last),
});

/** Systems that have been asked nothing to prepare with: their yes is taken for granted, and the grade says what that is worth. */
export const prepared = (sync: Sync, { name, prepare }: Planned): boolean =>
  prepare === 'none' || voteOf(sync, name, 'prepare') === 'yes';
export const committed = (sync: Sync, { name }: Planned): boolean => voteOf(sync, name, 'commit') === 'yes';
const refusing = (sync: Sync, phase: 'prepare' | 'commit' | 'rollback') =>
  taking(sync).filter(({ name }) => voteOf(sync, name, phase) === 'no');
const doubtful = (sync: Sync): Planned | undefined =>
  taking(sync).find(({ name }) => partOf(sync, name).intent);

/** When no call of before `at` can be under way any more: at once where every call has answered. A call of which nothing is known may be under way too: whoever made it may have died. */
export function settledAt(sync: Sync, at: number): number {
  const silent = taking(sync).filter((system) => {
    const { prepare, commit, intent } = partOf(sync, system.name);
    const asked = sync.decision ? commit : system.prepare === 'reserve' ? prepare : undefined;
    return (
      intent !== undefined ||
      isUnheard(sync, system) ||
      (asked?.sent && (!isDefinite(asked) || asked.unsure || isLate(asked)))
    );
  });
  const waits = silent.map(
    ({ reachMs, settlesWithinMs, tombstone }) =>
      budgetOf(sync, reachMs) + reachMs + (tombstone ? 0 : settlesWithinMs),
  );
  return waits.length === 0 ? at : at + Math.max(...waits) + 2 * skewMs;
}

/** Until when after it was read a call may leave: the last chunk of a leg has its whole time. */
const budgetOf = ({ batch }: Sync, reachMs: number): number => (batch ? longestLegMs + reachMs : budgetMs);

/** It has refused, but an earlier call of ours to it was never answered, and may still land. */
const isLate = ({ vote, tries, noes }: Known): boolean => vote === 'no' && tries > noes;

/** The reducer of Prepare: the votes, and the decision as soon as they allow one. Whoever finds a decision adds what he has learnt and takes it over. */
export const afterPrepare =
  (answers: Answer[], at: number, limits: Limits, waitMs: number, epoch: number) =>
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
    const ready = taking(known).every((system) => prepared(known, system));
    const until = Math.min(
      ...taking(known).map(({ name }) => partOf(known, name).prepare?.validUntil ?? Number.POSITIVE_INFINITY),
    );
    if (at >= known.deadline) return aborted(known, `the deadline has passed${awaited(known)}`, at, limits);
    if (ready && at >= until) return aborted(known, 'a vote is no longer valid', at, limits);
    if (ready) return decided(known, 'commit', 'all systems say yes', at, limits, true);
    const waits = taking(known).filter((system) => !prepared(known, system));
    return {
      sync: watched(
        { ...known, waitTurns: known.waitTurns + 1, waits: waits.map(({ name }) => name) },
        at,
        limits,
        waitMs,
      ),
    };
  };

export function aborted(
  sync: Sync,
  why: string,
  at: number,
  limits: Limits,
  own = true,
): NonNullable<Change> {
  return decided({ ...sync, settleUntil: settledAt(sync, at) }, 'abort', why, at, limits, own);
}

const awaited = (sync: Sync): string => {
  const names = taking(sync).filter((system) => !prepared(sync, system));
  return names.length > 0 ? `; without a yes: ${names.map(({ name }) => name).join(', ')}` : '';
};

/** What was learnt by somebody who no longer decides. A yes that nobody has rolled back starts the rollback anew. */
export function learnt(before: Sync, known: Sync, at: number, limits: Limits): Change {
  if (known.seq === before.seq) return undefined;
  if (known.state === 'parked' && doubtful(before) && !doubtful(known))
    return woken(known, known.epoch, 'the doubt is gone', at, limits);
  return isEnded(known) &&
    known.decision?.to !== 'commit' &&
    taking(known).some((system) => owesRollback(known, system))
    ? reopened(known, at, limits)
    : { sync: known };
}

/** The reducer of Commit: forward, until all have said yes. A refusal is tried again, reversed by policy, or handed to a person; doubt is never reversed. */
export const afterCommit =
  (answers: Answer[], at: number, limits: Limits, epoch: number) =>
  (sync: Sync): Change => {
    const known = fold(sync, answers, at);
    if (sync.decision?.to !== 'commit' || sync.epoch !== epoch || sync.state !== 'committing')
      return learnt(sync, known, at, limits);
    const open = taking(known).filter((system) => !committed(known, system));
    // Where others are to be undone first, the last of them turns it.
    if (open.length === 0 && known.undo && !known.undo.waits)
      return undone(known, 'asked for during commit', at, limits);
    if (open.length === 0) return ended(known, 'committed', at);
    const [refused] = refusing(known, 'commit');
    const part = refused && partOf(known, refused.name).commit;
    const doubt = doubtful(known);
    if (refused && part && known.onCommitFailure === 'compensate') {
      const unsure = open.find(({ name }) => isUnsure(partOf(known, name).commit));
      if (doubt)
        return parked(
          { ...known, waits: [doubt.name] },
          `${refused.name} refuses to commit, and nobody knows whether ${doubt.name} has`,
          at,
        );
      const stuck = taking(known).find((system) => system.undo === 'none' && committed(known, system));
      if (stuck)
        return parked(known, `${refused.name} refuses to commit, and ${stuck.name} cannot be undone`, at);
      if (!unsure) return undone(known, `${refused.name} refuses to commit: ${part.reason}`, at, limits);
    } else if (refused && part && part.noes >= limits.refusedCommits) {
      return parked(
        { ...known, waits: [refused.name] },
        `${refused.name} refuses to commit: ${part.reason}`,
        at,
      );
    }
    return { sync: watched({ ...known, waits: open.map(({ name }) => name) }, at, limits) };
  };

/** Nobody can tell yet whether it has committed; one that says it has not, so far, is rolled back like any other. */
const isUnsure = (commit: Known | undefined): boolean =>
  commit !== undefined && !isDefinite(commit) && !commit.notDone;

export const undone = (sync: Sync, why: string, at: number, limits: Limits): NonNullable<Change> =>
  decided({ ...sync, settleUntil: settledAt(sync, at) }, 'undo', why, at, limits, false);
