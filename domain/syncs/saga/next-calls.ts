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
 * What to do at one system: call it, ask what has become of an earlier call (`about` its phase), or wait until that can be asked; `stuck`: nobody can
 * ever tell. `sealed`: the intent is written before the call.
 */
export type NextCall = {
  system: PlannedParticipant;
  how: 'call' | 'query' | 'wait' | 'stuck';
  about: Phase;
  sealed: boolean;
};

/** Every system that still owes an answer in this phase, those that come last only when all others have said yes. */
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
  // Where a refusal is to be reversed it stands: to ask again could be a commit that nobody reverses.
  const reversing = sync.onCommitFailure === 'compensate' && voteOf(sync, system.name, 'commit') === 'no';
  return !committed(sync, system) && !reversing;
}

function howTo(sync: Sync, system: PlannedParticipant, phase: Phase, now: number): Omit<NextCall, 'system'> {
  const sealed = isSealed(system, phase);
  const { intent, [phase]: known } = partOf(sync, system.name);
  if (intent && isSealed(system, intent.phase)) {
    const how = inDoubt(system, intent, phase, now);
    // Who works on it will say so by its hook.
    const working = partOf(sync, system.name)[intent.phase]?.vote === 'ongoing';
    return { how: how === 'stuck' && working ? 'wait' : how, about: intent.phase, sealed };
  }
  // Of a batch a system can only say where the whole stands: to ask for it again brings the numbers too, and it knows each chunk by its key.
  if (sync.batch) return { how: 'call', about: phase, sealed };
  const working = known?.vote === 'ongoing' && system.query;
  // Before anything is reversed because another has refused, what is not known is asked about, never asked for again.
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

/** A call whose answer nobody heard: once it can no longer be under way it is asked about; or made again, under the same key, where that key is recognised. */
function inDoubt(system: PlannedParticipant, intent: Intent, phase: Phase, now: number): NextCall['how'] {
  if (now < intent.notAfter + system.reachMs + 2 * skewMs + system.settlesWithinMs) return 'wait';
  if (system.query) return 'query';
  return system.idempotent !== 'none' && intent.phase === phase ? 'call' : 'stuck';
}

/** What an answer to a question says about the call that it was asked for. */
export function voteFromQuery(stood: QueryResult, phase: Phase): Vote {
  const { stands } = stood;
  if (stands === 'unknown') return { vote: 'unknown', reason: stood.reason, sent: true };
  if (stands === 'ongoing') return { vote: 'ongoing' };
  const done = { prepare: ['prepared', 'committed'], commit: ['committed'], rollback: ['rolled-back'] }[
    phase
  ];
  if (done.includes(stands)) return { vote: 'yes' };
  if (stands === 'rolled-back' && phase !== 'rollback')
    return { vote: 'no', reason: 'it has been rolled back over there' };
  if (phase === 'rollback' && stands === 'absent')
    return { vote: 'no', reason: 'never heard of it', absent: true };
  return { vote: 'unknown', reason: `it stands ${stands} over there`, sent: false, notDone: true };
}
