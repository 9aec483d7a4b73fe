import {
  activeParticipants,
  budgetMs,
  type CallState,
  isEnded,
  type Limits,
  longestLegMs,
  type PlannedParticipant,
  partOf,
  type Sync,
  skewMs,
  voteOf,
} from '#domain/syncs/sync.ts';
import type { Change } from '#domain/syncs/syncs.ts';
import { isDefinite } from './answers.ts';
import { isUnheard, owesRollback } from './rollback.ts';
import { decided, reopened, woken } from './transitions.ts';

/** `first`: may be asked at once; `last`: only when all others have said yes. */
export const ranks = (sync: Sync) => ({
  first: activeParticipants(sync).filter(({ last }) => !last),
  last: activeParticipants(sync).filter(({ last }) => last),
});

/** Systems that have been asked nothing to prepare with: their yes is taken for granted, and the grade says what that is worth. */
export const prepared = (sync: Sync, { name, prepare }: PlannedParticipant): boolean =>
  prepare === 'none' || voteOf(sync, name, 'prepare') === 'yes';

export const committed = (sync: Sync, { name }: PlannedParticipant): boolean =>
  voteOf(sync, name, 'commit') === 'yes';

export const refusing = (sync: Sync, phase: 'prepare' | 'commit' | 'rollback') =>
  activeParticipants(sync).filter(({ name }) => voteOf(sync, name, phase) === 'no');

export const doubtful = (sync: Sync): PlannedParticipant | undefined =>
  activeParticipants(sync).find(({ name }) => partOf(sync, name).intent);

/** When no call of before `at` can be under way any more: at once where every call has answered. A call of which nothing is known may be under way too: whoever made it may have died. */
export function settledAt(sync: Sync, at: number): number {
  const silent = activeParticipants(sync).filter((system) => {
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
const isLate = ({ vote, attempts, refusals }: CallState): boolean => vote === 'no' && attempts > refusals;

export function aborted(
  sync: Sync,
  why: string,
  at: number,
  limits: Limits,
  own = true,
): NonNullable<Change> {
  return decided({ ...sync, settleUntil: settledAt(sync, at) }, 'abort', why, at, limits, own);
}

/** What was learnt by somebody who no longer decides. A yes that nobody has rolled back starts the rollback anew. */
export function learnt(before: Sync, known: Sync, at: number, limits: Limits): Change {
  if (known.seq === before.seq) return undefined;
  if (known.state === 'parked' && doubtful(before) && !doubtful(known))
    return woken(known, known.epoch, 'the doubt is gone', at, limits);
  return isEnded(known) &&
    known.decision?.to !== 'commit' &&
    activeParticipants(known).some((system) => owesRollback(known, system))
    ? reopened(known, at, limits)
    : { sync: known };
}

export const undone = (sync: Sync, why: string, at: number, limits: Limits): NonNullable<Change> =>
  decided({ ...sync, settleUntil: settledAt(sync, at) }, 'undo', why, at, limits, false);
