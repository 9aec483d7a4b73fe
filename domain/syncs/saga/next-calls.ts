import {
  activeParticipants,
  type Intent,
  type PlannedParticipant,
  partOf,
  type Sync,
  skewMs,
} from '#domain/syncs/sync.ts';
import { isForward, type Phase, type QueryResult, type Vote } from '#systems/protocol.ts';
import type { SagaPhase } from './phase.ts';
import { sagaPhases } from './phases.ts';

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

/** The systems that are called at once, and the one without undo, which is called last. */
const ranks = (sync: Sync) => ({
  first: activeParticipants(sync).filter(({ last }) => !last),
  last: activeParticipants(sync).filter(({ last }) => last),
});

/**
 * Every system that owes an answer in this phase; forward, the `last` ones only when all others
 * voted yes.
 */
export function nextCalls(sync: Sync, phase: SagaPhase, now: number): NextCall[] {
  const { name, owes, isDone } = phase;
  const { first, last } = ranks(sync);
  const owing = (systems: PlannedParticipant[]) => systems.filter((system) => owes(sync, system));
  const open = owing(first);
  const ask = !isForward(name)
    ? [...open, ...owing(last)]
    : first.every((system) => isDone(sync, system))
      ? owing(last)
      : open;
  return ask.map((system) => ({ system, ...howTo(sync, system, phase, now) }));
}

function howTo(
  sync: Sync,
  system: PlannedParticipant,
  { name, isSealed, queriesFirst }: SagaPhase,
  now: number,
): Omit<NextCall, 'system'> {
  const sealed = isSealed(system);
  const { intent, [name]: known } = partOf(sync, system.name);
  if (intent && sagaPhases[intent.phase].isSealed(system)) {
    const how = inDoubt(system, intent, name, now);
    // A system that is still working reports by its hook.
    const working = partOf(sync, system.name)[intent.phase]?.vote === 'ongoing';
    return { how: how === 'stuck' && working ? 'wait' : how, about: intent.phase, sealed };
  }
  // A query covers only the whole batch. A repeat brings the totals too, and the system recognises
  // each chunk by its key.
  const asks = !sync.batch && system.query && (known?.vote === 'ongoing' || queriesFirst?.(sync, known));
  return { how: asks ? 'query' : 'call', about: name, sealed };
}

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
  const notDone = { reason: `it reports the sync as ${stands}`, sent: false, notDone: true };
  return sagaPhases[phase].votes[stands] ?? { vote: 'unknown', ...notDone };
}
