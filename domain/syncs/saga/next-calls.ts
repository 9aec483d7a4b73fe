import {
  type Intent,
  type PlannedParticipant,
  partOf,
  type Sync,
  skewMs,
  voteOf,
} from '#domain/syncs/sync.ts';
import { canRollBack } from '#systems/participation.ts';
import type { Phase, QueryResult, Vote } from '#systems/protocol.ts';
import { committed, prepared, ranks } from './decision.ts';
import { isSealed, owesRollback } from './rollback.ts';

/**
 * The next step at one system: call it, query an earlier call (`about` its phase), or wait until
 * that is possible; `stuck`: the outcome cannot be determined. `sealed`: the intent is written
 * before the call.
 */
export type NextCall = {
  system: PlannedParticipant;
  how: 'call' | 'query' | 'wait' | 'stuck';
  about: Phase;
  sealed: boolean;
};

/**
 * Every system that owes an answer in this phase; the `last` ones only when all others voted yes.
 */
export function nextCalls(sync: Sync, phase: Phase, now: number): NextCall[] {
  const { first, last } = ranks(sync);
  const owing = (systems: PlannedParticipant[]) => systems.filter((system) => owes(sync, system, phase));
  const open = owing(first);
  const said = phase === 'prepare' ? prepared : committed;
  const ask =
    phase === 'rollback'
      ? [...open, ...owing(last)]
      : first.every((system) => said(sync, system))
        ? owing(last)
        : open;
  return ask.map((system) => ({ system, ...howTo(sync, system, phase, now) }));
}

function owes(sync: Sync, system: PlannedParticipant, phase: Phase): boolean {
  if (phase === 'prepare') return !prepared(sync, system) && voteOf(sync, system.name, 'prepare') !== 'no';
  if (phase === 'rollback')
    return (
      owesRollback(sync, system) && (canRollBack(system) || partOf(sync, system.name).intent !== undefined)
    );
  // With `compensate` a refusal is final: a repeat could commit with no rollback to follow.
  const reversing = sync.onCommitFailure === 'compensate' && voteOf(sync, system.name, 'commit') === 'no';
  return !committed(sync, system) && !reversing;
}

function howTo(sync: Sync, system: PlannedParticipant, phase: Phase, now: number): Omit<NextCall, 'system'> {
  const sealed = isSealed(system, phase);
  const { intent, [phase]: known } = partOf(sync, system.name);
  if (intent && isSealed(system, intent.phase)) {
    const how = inDoubt(system, intent, phase, now);
    // A system that is still working reports by its hook.
    const working = partOf(sync, system.name)[intent.phase]?.vote === 'ongoing';
    return { how: how === 'stuck' && working ? 'wait' : how, about: intent.phase, sealed };
  }
  // A query covers only the whole batch. A repeat brings the totals too, and the system recognises
  // each chunk by its key.
  if (sync.batch) return { how: 'call', about: phase, sealed };
  const working = known?.vote === 'ongoing' && system.query;
  // Before a compensation, an unknown outcome is queried and never called again.
  const reversing =
    phase === 'commit' &&
    sync.onCommitFailure === 'compensate' &&
    known?.vote === 'unknown' &&
    known.sent &&
    system.query;
  return { how: working || (reversing && someRefuse(sync)) ? 'query' : 'call', about: phase, sealed };
}

const someRefuse = (sync: Sync): boolean =>
  sync.plan.systems.some(({ name }) => voteOf(sync, name, 'commit') === 'no');

/**
 * An intent without an answer: queried once the call can no longer be in flight, or called again
 * under the same key if the system is idempotent.
 */
function inDoubt(system: PlannedParticipant, intent: Intent, phase: Phase, now: number): NextCall['how'] {
  if (now < intent.notAfter + system.reachMs + 2 * skewMs + system.settlesWithinMs) return 'wait';
  if (system.query) return 'query';
  return system.idempotent !== 'none' && intent.phase === phase ? 'call' : 'stuck';
}

/** The query result as the vote of the call that it is about. */
export function voteFromQuery(stood: QueryResult, phase: Phase): Vote {
  const { stands } = stood;
  if (stands === 'unknown') return { vote: 'unknown', reason: stood.reason, sent: true };
  if (stands === 'ongoing') return { vote: 'ongoing' };
  const done = { prepare: ['prepared', 'committed'], commit: ['committed'], rollback: ['rolled-back'] }[
    phase
  ];
  if (done.includes(stands)) return { vote: 'yes' };
  if (stands === 'rolled-back' && phase !== 'rollback')
    return { vote: 'no', reason: 'it reports a rollback of this sync' };
  if (phase === 'rollback' && stands === 'absent')
    return { vote: 'no', reason: 'it has no record of this sync', absent: true };
  return { vote: 'unknown', reason: `it reports the sync as ${stands}`, sent: false, notDone: true };
}
