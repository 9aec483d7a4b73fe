import { Problem } from '#lib/problem.ts';
import type { Phase } from '#systems/contract.ts';
import { askAll, type Conducting, mayAct, Outage, parkDoubt, type Round, type Tools } from './conduct.ts';
import { afterCommit, afterPrepare } from './decide.ts';
import { afterRollback } from './reverse.ts';
import { isEnded, type Limits, type Sync } from './sync.ts';
import type { Reduce } from './syncs.ts';
import { parked } from './turn.ts';

/** The state machine's way on, as a value: outages are thrown, everything that was decided is said. `seconds`: how long it waits before. */
export type Way = { next: 'commit' | 'rollback' | 'wait' | 'end'; seconds: number } & Conducting;

const longestWaitMs = 300_000;

/** Asks all who have not voted, and decides as soon as the votes allow it. */
export async function prepareSync(conducting: Conducting, tools: Tools): Promise<Way> {
  const { clock, limits } = tools;
  const begun = clock.now();
  const [read, resting] = await Promise.all([find(conducting, tools), tools.standings.resting()]);
  if (!mayAct(read, 'prepare', conducting.epoch)) return wayOf(read, conducting, begun);
  const sync = await parkDoubt(read, 'prepare', tools);
  if (!mayAct(sync, 'prepare', conducting.epoch)) return wayOf(sync, conducting, begun);
  const round = begun < sync.deadline ? await askAll(sync, 'prepare', begun, resting, tools) : idle(sync);
  const waitMs = Math.min(limits.waitMs * 2 ** sync.waitTurns, longestWaitMs);
  const written = await finish(round, 'prepare', tools, (answers, at) => afterPrepare(answers, at, limits, waitMs, conducting.epoch));
  if (!mayAct(written, 'prepare', conducting.epoch)) return wayOf(written, conducting, clock.now());
  const unknown = round.answers.filter(({ vote }) => vote.vote === 'unknown');
  if (unknown.length > 0) throw outage('prepare', written);
  const rest = Math.min(...round.waits.map((until) => Math.max(0, until - clock.now())), waitMs, longestWaitMs);
  const seconds = Math.ceil(Math.min(Math.max(rest, limits.waitMs), Math.max(0, written.deadline - clock.now())) / 1000);
  return { ...conducting, next: 'wait', seconds };
}

/** Forward until all have committed. What the phase has come to is on the item; only a phase that is not over is thrown. */
export async function commitSync(conducting: Conducting, tools: Tools): Promise<Way> {
  return push('commit', conducting, tools, (answers, at, limits) => afterCommit(answers, at, limits, 0, conducting.epoch));
}

/** Backward until nothing is left at any system that may have been asked. */
export async function rollbackSync(conducting: Conducting, tools: Tools): Promise<Way> {
  return push('rollback', conducting, tools, (answers, at, limits) => afterRollback(answers, at, limits, conducting.epoch));
}

/** The tries are used up: a person is told what is known and what is safe to do. */
export async function parkSync(conducting: Conducting, { syncs, clock }: Pick<Tools, 'syncs' | 'clock'>): Promise<Way> {
  const sync = await find(conducting, { syncs });
  const why = sync.waits.length > 0 ? `${sync.waits.join(' and ')} could not be brought to an answer` : 'it could not go on';
  const written = await syncs.change(sync, 'park', (now) =>
    now.epoch === conducting.epoch && !isEnded(now) && now.state !== 'parked' ? parked(now, why, clock.now()) : undefined,
  );
  return wayOf(written, conducting, clock.now());
}

type Make = (answers: Round['answers'], at: number, limits: Limits) => Reduce;

async function push(phase: 'commit' | 'rollback', conducting: Conducting, tools: Tools, make: Make): Promise<Way> {
  const begun = tools.clock.now();
  const [read, resting] = await Promise.all([find(conducting, tools), tools.standings.resting()]);
  if (!mayAct(read, phase, conducting.epoch)) return wayOf(read, conducting, begun);
  if (phase === 'rollback' && begun < (read.settleUntil ?? 0)) throw new Outage('calls of before the decision may still be under way');
  const sync = await parkDoubt(read, phase, tools);
  if (!mayAct(sync, phase, conducting.epoch)) return wayOf(sync, conducting, begun);
  const round = await askAll(sync, phase, begun, resting, tools);
  const written = await finish(round, phase, tools, make);
  if (mayAct(written, phase, conducting.epoch)) throw outage(phase, written);
  return wayOf(written, conducting, tools.clock.now());
}

/** One write for all that was learnt, and beside it what it says of the systems. */
async function finish(
  { sync, answers, reported }: Round,
  phase: Phase,
  { syncs, standings, clock, limits }: Tools,
  make: Make,
): Promise<Sync> {
  const [written] = await Promise.all([syncs.change(sync, phase, make(answers, clock.now(), limits)), standings.report(reported)]);
  return written;
}

async function find({ tenant, wire }: Conducting, { syncs }: Pick<Tools, 'syncs'>): Promise<Sync> {
  const sync = await syncs.read(tenant, wire);
  if (!sync) throw new Problem('not-found', { detail: 'There is no such sync.' });
  return sync;
}

/** Whoever finds a decision takes it over; whose epoch is over ends. */
function wayOf(sync: Sync, { tenant, wire, epoch }: Conducting, now: number): Way {
  const on = (next: Way['next'], seconds = 0): Way => ({ tenant, wire, epoch, next, seconds });
  if (sync.epoch !== epoch || isEnded(sync) || sync.state === 'parked' || !sync.decision) return on('end');
  if (sync.decision.to === 'commit') return on('commit');
  return on('rollback', Math.max(0, Math.ceil(((sync.settleUntil ?? 0) - now) / 1000)));
}

const idle = (sync: Sync): Round => ({ sync, answers: [], reported: [], waits: [], overtaken: false });
const outage = (phase: Phase, { waits }: Sync): Outage => new Outage(`${phase}: without an answer from ${waits.join(', ') || 'a system'}`);
