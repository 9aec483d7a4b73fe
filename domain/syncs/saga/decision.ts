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

/** `first` may be called at once, `last` only when all others voted yes. */
export const ranks = (sync: Sync) => ({
  first: activeParticipants(sync).filter(({ last }) => !last),
  last: activeParticipants(sync).filter(({ last }) => last),
});

/**
 * Whether a system voted yes, or has no prepare call: then a yes is assumed, which lowers the
 * grade.
 */
export const prepared = (sync: Sync, { name, prepare }: PlannedParticipant): boolean =>
  prepare === 'none' || voteOf(sync, name, 'prepare') === 'yes';

export const committed = (sync: Sync, { name }: PlannedParticipant): boolean =>
  voteOf(sync, name, 'commit') === 'yes';

export const refusing = (sync: Sync, phase: 'prepare' | 'commit' | 'rollback') =>
  activeParticipants(sync).filter(({ name }) => voteOf(sync, name, phase) === 'no');

export const doubtful = (sync: Sync): PlannedParticipant | undefined =>
  activeParticipants(sync).find(({ name }) => partOf(sync, name).intent);

/**
 * When no call made before `at` can still be in flight: at once if every call was answered. A call
 * without any record may be in flight too, because its execution may have crashed.
 */
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

/**
 * Time after the read within which a call may leave; the last chunk of a leg gets its full
 * timeout.
 */
const budgetOf = ({ batch }: Sync, reachMs: number): number => (batch ? longestLegMs + reachMs : budgetMs);

/** The system refused, but an earlier call to it is unanswered and may still land. */
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

/**
 * Records answers that arrive after the decision. A yes without a rollback starts the rollback
 * again.
 */
export function learnt(before: Sync, known: Sync, at: number, limits: Limits): Change {
  if (known.seq === before.seq) return undefined;
  if (known.state === 'parked' && doubtful(before) && !doubtful(known))
    return woken(known, known.epoch, 'the outcome is known now', at, limits);
  return isEnded(known) &&
    known.decision?.to !== 'commit' &&
    activeParticipants(known).some((system) => owesRollback(known, system))
    ? reopened(known, at, limits)
    : { sync: known };
}

export const undone = (sync: Sync, why: string, at: number, limits: Limits): NonNullable<Change> =>
  decided({ ...sync, settleUntil: settledAt(sync, at) }, 'undo', why, at, limits, false);
