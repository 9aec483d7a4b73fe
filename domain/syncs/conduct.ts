import type { Clock } from '#lib/clock.ts';
import type { Phase, Stood, Vote } from '#systems/contract.ts';
import { type Step, stepsOf, voteFrom } from './ask.ts';
import { type Answer, basisOf, fold } from './fold.ts';
import { budgetMs, isEnded, type Limits, type Planned, partOf, type Sync } from './sync.ts';
import type { Syncs } from './syncs.ts';
import { callKey } from './token.ts';
import { parked } from './turn.ts';

/** One call to one system, on its way to the system's adapter. */
export type Asked = {
  system: Planned;
  phase: Phase | 'query';
  token: string;
  key: string;
  type: string;
  payload: unknown;
  notAfter: number;
  acceptedAt: number;
};
/** What came back: a vote, or where it stands, with digests of what was sent and received. Throws nothing: what cannot be known is `unknown`. */
export type Heard = { said: Vote | Stood; request?: string; response?: string };

/** Who is to be left alone for now: a system's name → until when (ms), for ever where an operator has paused it. */
export type Resting = Record<string, number>;
/** What a call says of its system: whether it answered at all, and for how long it asks to be left alone. */
export type Reported = { system: string; answered: boolean; pauseMs?: number };
export type Standings = { resting(): Promise<Resting>; report(reported: Reported[]): Promise<void> };

export type Tools = {
  syncs: Syncs;
  ask: (asked: Asked) => Promise<Heard>;
  standings: Standings;
  clock: Clock;
  newId: () => string;
  limits: Limits;
};
/** One execution of one sync. */
export type Conducting = { tenant: string; wire: string; epoch: number };

/** Somebody could not be reached, or has not finished: the phase comes again, and asks only those who have not answered. */
export class Outage extends Error {
  override readonly name = 'Outage';
}

/** `waits`: systems that were left alone, and until when. */
export type Round = { sync: Sync; answers: Answer[]; reported: Reported[]; waits: number[]; overtaken: boolean };

/**
 * Asks every system that still owes an answer, in parallel; those that come last in a second round, when all others have said yes. `begun` is the time
 * before the sync was read: no call is sent later than a budget after it, however long this process was frozen.
 */
export async function askAll(sync: Sync, phase: Phase, begun: number, resting: Resting, tools: Tools): Promise<Round> {
  const round: Round = { sync, answers: [], reported: [], waits: [], overtaken: false };
  const asked = new Set<string>();
  for (let from = begun, turn = 0; turn < 2; turn++) {
    const view = fold(round.sync, round.answers, tools.clock.now());
    const steps = stepsOf(view, phase, tools.clock.now()).filter(({ system }) => !asked.has(system.name));
    const restingUntil = ({ system: { name } }: Step) => restOf(sync, resting[name] ?? 0);
    const ready = steps.filter((step) => (step.how === 'call' || step.how === 'query') && restingUntil(step) <= tools.clock.now());
    round.waits.push(...steps.map(restingUntil).filter((until) => until > 0));
    for (const { system } of steps) asked.add(system.name);
    const sealed = ready.filter((step) => step.how === 'call' && step.sealed);
    let intents: Record<string, string> = {};
    if (sealed.length > 0) {
      from = tools.clock.now();
      intents = await intend(round, sealed, phase, from, tools);
      if (round.overtaken) return round;
    }
    const heard = await Promise.all(ready.map((step) => askOne(view, step, from + budgetMs, intents[step.system.name], tools)));
    round.answers.push(...heard.map(({ answer }) => answer));
    round.reported.push(...heard.flatMap(({ reported }) => reported));
  }
  return round;
}

/** An open circuit lets an operator's probe through; what was paused by hand stays paused for everyone. */
const restOf = (sync: Sync, until: number): number => (sync.probe === sync.epoch && until !== Number.POSITIVE_INFINITY ? 0 : until);

type Asking = Promise<{ answer: Answer; reported: Reported[] }>;

async function askOne(sync: Sync, step: Step, notAfter: number, intent: string | undefined, { ask, clock }: Tools): Asking {
  const { system, how, about } = step;
  const phase = how === 'query' ? 'query' : about;
  const { wire: token, type, payload, acceptedAt } = sync;
  const heard = await ask({ system, phase, token, key: callKey(token, system.name, phase), type, payload, notAfter, acceptedAt });
  const { said, ...digests } = heard;
  const answers = intent ?? partOf(sync, system.name).intent?.id;
  const answer: Answer = {
    ...digests,
    system: system.name,
    phase: about,
    vote: 'stands' in said ? voteFrom(said, about) : said,
    at: clock.now(),
    ...(about === 'rollback' && { basis: basisOf(partOf(sync, system.name)) }),
    ...(answers && { intent: answers }),
  };
  return { answer, reported: reportOf(system.name, said) };
}

/** A call that we did not send says nothing of them. */
function reportOf(system: string, said: Vote | Stood): Reported[] {
  if ('held' in said && said.held) return [];
  if ('stands' in said) return [{ system, answered: said.stands !== 'unknown' }];
  if (said.vote !== 'unknown') return [{ system, answered: true }];
  return [{ system, answered: false, ...(said.pauseMs !== undefined && { pauseMs: said.pauseMs }) }];
}

/** Whether a conductor of this phase and epoch still has a say. */
export const mayAct = (sync: Sync, phase: Phase, epoch: number): boolean => {
  if (sync.epoch !== epoch || isEnded(sync) || sync.state === 'parked') return false;
  if (phase === 'prepare') return sync.decision === undefined;
  return phase === 'commit' ? sync.decision?.to === 'commit' : sync.decision !== undefined && sync.decision.to !== 'commit';
};

/** Writes down what is about to be asked. Promises: nobody has decided otherwise, and no intent is there but the one that was seen. */
async function intend(round: Round, sealed: Step[], phase: Phase, from: number, { syncs, newId }: Tools): Promise<Record<string, string>> {
  const { epoch, parts } = round.sync;
  const ids = Object.fromEntries(sealed.map(({ system }) => [system.name, newId()]));
  const written = await syncs.change(round.sync, 'intend', (sync) => {
    const same = sealed.every(({ system: { name } }) => sync.parts[name]?.intent?.id === parts[name]?.intent?.id);
    if (!same || !mayAct(sync, phase, epoch)) return undefined;
    const known = fold(sync, round.answers, from);
    const intents = sealed.map(({ system: { name } }) => {
      const intent = { id: ids[name] as string, phase, epoch, notAfter: from + budgetMs };
      return [name, { ...partOf(known, name), intent }];
    });
    return { sync: { ...known, parts: { ...known.parts, ...Object.fromEntries(intents) } } };
  });
  round.overtaken = sealed.some(({ system: { name } }) => written.parts[name]?.intent?.id !== ids[name]);
  if (!round.overtaken) Object.assign(round, { sync: written, answers: [] });
  return ids;
}

/** Nobody can tell what has become of a call, and nobody can be asked: that is a person's to find out. */
export async function parkDoubt(sync: Sync, phase: Phase, { syncs, clock }: Tools): Promise<Sync> {
  const stuck = stepsOf(sync, phase, clock.now()).find(({ how }) => how === 'stuck');
  if (!stuck) return sync;
  const { name } = stuck.system;
  return syncs.change(sync, 'park', (now) =>
    now.epoch === sync.epoch && now.parts[name]?.intent && now.state !== 'parked'
      ? parked({ ...now, waits: [name] }, `nobody knows whether ${name} has done its ${stuck.about}, and it cannot be asked`, clock.now())
      : undefined,
  );
}
