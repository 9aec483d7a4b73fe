import type { Limits, Sync } from '#domain/syncs/sync.ts';
import type { Change, Reduce } from '#domain/syncs/syncs.ts';
import { isForward } from '#systems/protocol.ts';
import { fold, type ParticipantAnswer } from './answers.ts';
import { mayAct } from './coordinator.ts';
import { aborted, learnt, undone } from './decision.ts';
import type { Ruling, SagaPhase } from './phase.ts';
import { decided, ended, parked, watched } from './transitions.ts';

/** `waitMs`: how long the execution waits if systems still owe an answer. */
type Judging = { at: number; limits: Limits; epoch: number; waitMs: number };

/**
 * The reducer of a round: folds the answers, and does what the phase makes of them. If the sync has
 * left the phase by now, the answers are added and its decision holds.
 */
export const judgeRound =
  (phase: SagaPhase, answers: ParticipantAnswer[], { epoch, ...judging }: Judging): Reduce =>
  (sync) => {
    const { at, limits } = judging;
    const read = answers.map((answer) => phase.read?.(sync, answer) ?? answer);
    const known = fold(sync, read, at);
    if (mayAct(sync, phase, epoch))
      return changeOf(known, phase.judge(known, { answers: read, at, limits }), judging);
    if (isForward(phase.name)) return learnt(sync, known, at, limits);
    return known.seq === sync.seq ? undefined : { sync: known };
  };

function changeOf(known: Sync, ruling: Ruling, { at, limits, waitMs }: Omit<Judging, 'epoch'>): Change {
  if ('end' in ruling) return ended(known, ruling.end, at, ruling.why);
  if ('park' in ruling) {
    const { park: why, waitingFor = known.waitingFor } = ruling;
    return parked({ ...known, waitingFor }, why, at);
  }
  if ('wait' in ruling) {
    const waitingFor = ruling.wait.map(({ name }) => name);
    const turn = known.decision ? {} : { waitTurns: known.waitTurns + 1 };
    return { sync: watched({ ...known, waitingFor, ...turn }, at, limits, waitMs) };
  }
  const { decide, why } = ruling;
  if (decide === 'commit') return decided(known, 'commit', why, at, limits, true);
  return decide === 'abort' ? aborted(known, why, at, limits) : undone(known, why, at, limits);
}
