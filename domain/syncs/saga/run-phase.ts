import { isEnded, type Sync } from '#domain/syncs/sync.ts';
import type { Phase } from '#systems/protocol.ts';
import { keepResults } from './batch-results.ts';
import { callParticipants } from './call-participants.ts';
import { type Execution, mayAct, Outage, type Round, type Tools } from './coordinator.ts';
import { find, look } from './current-sync.ts';
import { parkDoubt } from './intents.ts';
import { judgeRound } from './judge-round.ts';
import { type NextStep, nextStepOf } from './next-step.ts';
import type { SagaPhase } from './phase.ts';
import { phaseOf, sagaPhases } from './phases.ts';
import { parked } from './transitions.ts';

const longestWaitMs = 300_000;

/** One execution's work in a phase; a sync that has left the phase goes on to its next one. */
export const runPhase =
  (name: Phase) =>
  (conducting: Execution, tools: Tools): Promise<NextStep> =>
    conduct(sagaPhases[name], conducting, tools);

/**
 * Continues a batch that takes longer than one function may, in its current direction, and returns
 * `continue` while work is left.
 */
export async function continueSync(conducting: Execution, tools: Tools): Promise<NextStep> {
  const phase = phaseOf(await find(conducting, tools));
  return conduct(sagaPhases[phase], conducting, tools, true);
}

/** Parks the sync when the retries are used up, with a ticket for an operator. */
export async function parkSync(
  conducting: Execution,
  { syncs, clock }: Pick<Tools, 'syncs' | 'clock'>,
): Promise<NextStep> {
  const sync = await find(conducting, { syncs });
  const why =
    sync.waitingFor.length > 0
      ? `${sync.waitingFor.join(' and ')} gave no definite answer`
      : 'it could not continue';
  const written = await syncs.change(sync, 'park', (now) =>
    now.epoch === conducting.epoch && !isEnded(now) && now.state !== 'parked'
      ? parked(now, why, clock.now())
      : undefined,
  );
  return nextStepOf(written, conducting, clock.now());
}

/**
 * Calls the systems and writes what they come to. Until the decision it waits for answers; after
 * it, an unfinished phase is an outage. `goesOn`: the state machine can resume at once at the chunk
 * where a batch stopped.
 */
async function conduct(
  phase: SagaPhase,
  conducting: Execution,
  tools: Tools,
  goesOn = false,
): Promise<NextStep> {
  const { clock, limits } = tools;
  const begun = clock.now();
  const { read, resting } = await look(conducting, tools);
  if (!mayAct(read, phase, conducting.epoch)) return nextStepOf(read, conducting, begun);
  if (begun < (read.settleUntil ?? 0))
    throw new Outage('calls made before the decision may still be in flight');
  const sync = await parkDoubt(read, phase, tools);
  if (!mayAct(sync, phase, conducting.epoch)) return nextStepOf(sync, conducting, begun);
  const isOpen = sync.decision === undefined;
  const waitMs = isOpen ? Math.min(limits.waitMs * 2 ** sync.waitTurns, longestWaitMs) : 0;
  const round =
    isOpen && begun >= sync.deadline
      ? idle(sync)
      : await callParticipants(sync, phase, begun, resting, tools);
  const written = await finish(round, phase, { epoch: conducting.epoch, waitMs }, tools);
  if (!mayAct(written, phase, conducting.epoch)) return nextStepOf(written, conducting, clock.now());
  if ((isOpen || goesOn) && isUnfinished(round)) return { ...conducting, next: 'continue', seconds: 0 };
  if (!isOpen || round.answers.some(({ vote }) => vote.vote === 'unknown')) throw outage(phase.name, written);
  return { ...conducting, next: 'wait', seconds: secondsUntil(round, written, waitMs, tools) };
}

/**
 * How long an undecided sync waits: until a resting system may be called, but not past its
 * deadline.
 */
function secondsUntil(
  { waits }: Round,
  { deadline }: Sync,
  waitMs: number,
  { clock, limits }: Tools,
): number {
  const now = clock.now();
  const rest = Math.min(...waits.map((until) => Math.max(0, until - now)), waitMs, longestWaitMs);
  return Math.ceil(Math.min(Math.max(rest, limits.waitMs), Math.max(0, deadline - now)) / 1000);
}

/** A system stopped at a chunk, and no other outcome is unknown. */
const isUnfinished = ({ answers }: Round): boolean =>
  answers.some(({ vote }) => vote.vote === 'ongoing' && vote.more) &&
  answers.every(({ vote }) => vote.vote !== 'unknown');

/** One write for all answers; the circuits are updated beside it. */
async function finish(
  round: Round,
  phase: SagaPhase,
  waiting: { epoch: number; waitMs: number },
  tools: Tools,
): Promise<Sync> {
  const { sync, answers, reported } = round;
  const { syncs, circuits, clock, limits } = tools;
  const kept = await keepResults(round, phase, tools);
  const reduce = judgeRound(phase, answers, { ...waiting, at: clock.now(), limits });
  const [written] = await Promise.all([
    syncs.change(sync, phase.name, (now) => reduce(kept(now))),
    circuits.report(reported),
  ]);
  return written;
}

const idle = (sync: Sync): Round => ({ sync, answers: [], reported: [], waits: [], overtaken: false });

const outage = (phase: Phase, { waitingFor }: Sync): Outage =>
  new Outage(`${phase}: without an answer from ${waitingFor.join(', ') || 'a system'}`);
