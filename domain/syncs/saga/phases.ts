import { isEnded, type Limits, type Sync } from '#domain/syncs/sync.ts';
import type { Reduce } from '#domain/syncs/syncs.ts';
import type { Phase } from '#systems/protocol.ts';
import { keepResults } from './batch-results.ts';
import { callParticipants } from './call-participants.ts';
import { afterCommit } from './commit.ts';
import { type Execution, mayAct, Outage, type Round, type Tools } from './coordinator.ts';
import { find, look } from './current-sync.ts';
import { parkDoubt } from './intents.ts';
import { type NextStep, nextStepOf } from './next-step.ts';
import { afterPrepare } from './prepare.ts';
import { afterRollback } from './rollback.ts';
import { parked } from './transitions.ts';

const longestWaitMs = 300_000;

/** Calls all systems without a vote, and decides as soon as the votes allow it. */
export async function prepareSync(conducting: Execution, tools: Tools): Promise<NextStep> {
  const { clock, limits } = tools;
  const begun = clock.now();
  const { read, resting } = await look(conducting, tools);
  if (!mayAct(read, 'prepare', conducting.epoch)) return nextStepOf(read, conducting, begun);
  const sync = await parkDoubt(read, 'prepare', tools);
  if (!mayAct(sync, 'prepare', conducting.epoch)) return nextStepOf(sync, conducting, begun);
  const round =
    begun < sync.deadline ? await callParticipants(sync, 'prepare', begun, resting, tools) : idle(sync);
  const waitMs = Math.min(limits.waitMs * 2 ** sync.waitTurns, longestWaitMs);
  const written = await finish(round, 'prepare', tools, (answers, at) =>
    afterPrepare(answers, at, limits, waitMs, conducting.epoch),
  );
  if (!mayAct(written, 'prepare', conducting.epoch)) return nextStepOf(written, conducting, clock.now());
  if (isUnfinished(round)) return { ...conducting, next: 'continue', seconds: 0 };
  const unknown = round.answers.filter(({ vote }) => vote.vote === 'unknown');
  if (unknown.length > 0) throw outage('prepare', written);
  const rest = Math.min(
    ...round.waits.map((until) => Math.max(0, until - clock.now())),
    waitMs,
    longestWaitMs,
  );
  const seconds = Math.ceil(
    Math.min(Math.max(rest, limits.waitMs), Math.max(0, written.deadline - clock.now())) / 1000,
  );
  return { ...conducting, next: 'wait', seconds };
}

/** Commits at every system. The outcome is on the item; only an unfinished phase throws. */
export const commitSync = (conducting: Execution, tools: Tools): Promise<NextStep> =>
  push('commit', conducting, tools);

/** Rolls back every system that may have been called. */
export const rollbackSync = (conducting: Execution, tools: Tools): Promise<NextStep> =>
  push('rollback', conducting, tools);

/**
 * Continues a batch that takes longer than one function may, in its current direction, and returns
 * `continue` while work is left.
 */
export async function continueSync(conducting: Execution, tools: Tools): Promise<NextStep> {
  const { decision } = await find(conducting, tools);
  if (!decision) return prepareSync(conducting, tools);
  return push(decision.to === 'commit' ? 'commit' : 'rollback', conducting, tools, true);
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

type Make = (answers: Round['answers'], at: number, limits: Limits) => Reduce;

const makes = (phase: 'commit' | 'rollback', epoch: number): Make => {
  const make = phase === 'commit' ? afterCommit : afterRollback;
  return (answers, at, limits) => make(answers, at, limits, epoch);
};

/**
 * `goesOn`: the state machine can resume at once at the chunk where it stopped; otherwise an
 * unfinished phase is an outage.
 */
async function push(
  phase: 'commit' | 'rollback',
  conducting: Execution,
  tools: Tools,
  goesOn = false,
): Promise<NextStep> {
  const begun = tools.clock.now();
  const { read, resting } = await look(conducting, tools);
  if (!mayAct(read, phase, conducting.epoch)) return nextStepOf(read, conducting, begun);
  if (phase === 'rollback' && begun < (read.settleUntil ?? 0))
    throw new Outage('calls made before the decision may still be in flight');
  const sync = await parkDoubt(read, phase, tools);
  if (!mayAct(sync, phase, conducting.epoch)) return nextStepOf(sync, conducting, begun);
  const round = await callParticipants(sync, phase, begun, resting, tools);
  const written = await finish(round, phase, tools, makes(phase, conducting.epoch));
  if (!mayAct(written, phase, conducting.epoch)) return nextStepOf(written, conducting, tools.clock.now());
  if (goesOn && isUnfinished(round)) return { ...conducting, next: 'continue', seconds: 0 };
  throw outage(phase, written);
}

/** A system stopped at a chunk, and no other outcome is unknown. */
const isUnfinished = ({ answers }: Round): boolean =>
  answers.some(({ vote }) => vote.vote === 'ongoing' && vote.more) &&
  answers.every(({ vote }) => vote.vote !== 'unknown');

/** One write for all answers; the circuits are updated beside it. */
async function finish(round: Round, phase: Phase, tools: Tools, make: Make): Promise<Sync> {
  const { sync, answers, reported } = round;
  const { syncs, circuits, clock, limits } = tools;
  const kept = await keepResults(round, phase, tools);
  const reduce = make(answers, clock.now(), limits);
  const [written] = await Promise.all([
    syncs.change(sync, phase, (now) => reduce(kept(now))),
    circuits.report(reported),
  ]);
  return written;
}

const idle = (sync: Sync): Round => ({ sync, answers: [], reported: [], waits: [], overtaken: false });

const outage = (phase: Phase, { waitingFor }: Sync): Outage =>
  new Outage(`${phase}: without an answer from ${waitingFor.join(', ') || 'a system'}`);
