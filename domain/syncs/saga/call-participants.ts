import { changeOf } from '#domain/syncs/change.ts';
import { callKey } from '#domain/syncs/outside-token.ts';
import { budgetMs, partOf, type Sync } from '#domain/syncs/sync.ts';
import { isForward, type QueryResult, type Vote } from '#systems/protocol.ts';
import { basisOf, fold, type ParticipantAnswer } from './answers.ts';
import type { HealthReport, ParticipantCall, RestingSystems, Round, Tools } from './coordinator.ts';
import { writeIntents } from './intents.ts';
import { type NextCall, nextCalls, voteFromQuery } from './next-calls.ts';
import type { SagaPhase } from './phase.ts';

/**
 * Calls every system that owes an answer, in parallel; the `last` ones in a second round, when all
 * others voted yes. `begun` is taken before the sync is read, and no call is sent later than a
 * budget after it, even if this process was frozen.
 */
export async function callParticipants(
  sync: Sync,
  phase: SagaPhase,
  begun: number,
  resting: RestingSystems,
  tools: Tools,
): Promise<Round> {
  const round: Round = { sync, answers: [], reported: [], waits: [], overtaken: false };
  const asked = new Set<string>();
  const budget = sync.batch ? tools.limits.legMs : budgetMs;
  for (let from = begun, turn = 0; turn < 2; turn++) {
    const view = fold(round.sync, round.answers, tools.clock.now());
    const steps = nextCalls(view, phase, tools.clock.now()).filter(({ system }) => !asked.has(system.name));
    const restingUntil = ({ system: { name } }: NextCall) => restOf(sync, resting[name] ?? 0);
    const ready = steps.filter(
      (step) => (step.how === 'call' || step.how === 'query') && restingUntil(step) <= tools.clock.now(),
    );
    round.waits.push(...steps.map(restingUntil).filter((until) => until > 0));
    for (const { system } of steps) asked.add(system.name);
    const sealed = ready.filter((step) => step.how === 'call' && step.sealed);
    let intents: Record<string, string> = {};
    if (sealed.length > 0) {
      from = tools.clock.now();
      intents = await writeIntents(round, sealed, phase, from, tools);
      if (round.overtaken) return round;
    }
    const heard = await Promise.all(
      ready.map((step) => callParticipant(view, step, from + budget, intents[step.system.name], tools)),
    );
    round.answers.push(...heard.map(({ answer }) => answer));
    round.reported.push(...heard.flatMap(({ reported }) => reported));
  }
  return round;
}

/** A probe epoch passes an open circuit; a pause by an operator still holds. */
const restOf = (sync: Sync, until: number): number =>
  sync.probeEpoch === sync.epoch && until !== Number.POSITIVE_INFINITY ? 0 : until;

type Asking = Promise<{ answer: ParticipantAnswer; reported: HealthReport[] }>;

async function callParticipant(
  sync: Sync,
  step: NextCall,
  notAfter: number,
  intent: string | undefined,
  { ask, clock }: Tools,
): Asking {
  const { system, how, about } = step;
  const phase = how === 'query' ? 'query' : about;
  const { tenant, epoch, outsideToken: syncId, acceptedAt, batch } = sync;
  const key = callKey(syncId, system.name, phase);
  const again = partOf(sync, system.name)[about] !== undefined || epoch > 1;
  const basis = basisOf(partOf(sync, system.name));
  const asked: ParticipantCall = {
    system,
    phase,
    tenant,
    basis,
    outsideToken: syncId,
    key,
    ...changeOf(sync),
    notAfter,
    acceptedAt,
  };
  const heard = await ask({ ...asked, ...(batch && { batch, again }) });
  const { said, ...digests } = heard;
  const answers = intent ?? partOf(sync, system.name).intent?.id;
  const answer: ParticipantAnswer = {
    ...digests,
    system: system.name,
    phase: about,
    vote: 'stands' in said ? voteFromQuery(said, about) : said,
    at: clock.now(),
    ...(!isForward(about) && { basis }),
    ...(answers && { intent: answers }),
  };
  return { answer, reported: reportOf(system.name, said) };
}

/** A call that was held back and not sent says nothing about the system's health. */
function reportOf(system: string, said: Vote | QueryResult): HealthReport[] {
  if ('held' in said && said.held) return [];
  if ('stands' in said) return [{ system, answered: said.stands !== 'unknown' }];
  if (said.vote !== 'unknown') return [{ system, answered: true }];
  return [{ system, answered: false, ...(said.pauseMs !== undefined && { pauseMs: said.pauseMs }) }];
}
