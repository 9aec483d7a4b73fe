import { chained, type NewRow } from '#domain/syncs/ledger-chain.ts';
import { type CallState, isDefinite, type ParticipantState, partOf, type Sync } from '#domain/syncs/sync.ts';
import {
  forwardPhases,
  isForward,
  type Phase,
  type Receipt,
  type Refused,
  type Vote,
} from '#systems/protocol.ts';
import { sagaPhases } from './phases.ts';

/**
 * One answer of a participant. `basis`: the known yes votes when a rollback was requested, so that
 * a rollback sent before a yes does not cover it; `by`: an operator or the hook, when the answer
 * did not come from a call.
 */
export type ParticipantAnswer = {
  system: string;
  phase: Phase;
  vote: Vote;
  at: number;
  basis?: string;
  intent?: string;
  by?: string;
  request?: string;
  response?: string;
  /** For a batch: one receipt per chunk, and the refused items. */
  receipts?: Receipt[];
  failed?: Refused[];
};

/** The votes that a rollback covers; a yes learnt later is not covered. */
export const basisOf = (part: ParticipantState): string =>
  forwardPhases.map((phase) => part[phase]?.vote === 'yes').join('');

/**
 * Folds answers into the sync, whatever state it is in by now. Folding the same answer twice
 * changes nothing.
 */
export function fold(sync: Sync, answers: ParticipantAnswer[], at: number): Sync {
  let next = sync;
  const told: NewRow[] = [];
  for (const answer of answers) {
    const part = partOf(next, answer.system);
    const before = part[answer.phase];
    if (before?.at === answer.at && before.vote === answer.vote.vote) continue;
    const counted = whole(sync, current(answer, part));
    const known = merged(counted, before);
    told.push(rowOf(counted, known));
    next = { ...next, parts: { ...next.parts, [answer.system]: settled(part, counted, known) } };
  }
  return chained(next, at, told);
}

/** A rollback sent before a yes was known has not rolled that yes back. */
function current(answer: ParticipantAnswer, part: ParticipantState): ParticipantAnswer {
  const { phase, vote, basis } = answer;
  const stale = !isForward(phase) && vote.vote === 'yes' && basis !== undefined && basis !== basisOf(part);
  return stale
    ? {
        ...answer,
        vote: { vote: 'unknown', reason: 'it was rolled back before its yes was known', sent: true },
      }
    : answer;
}

/**
 * A yes to a batch counts only if its totals match the whole batch. An operator's `mark-done`
 * needs no totals.
 */
function whole({ batch }: Sync, answer: ParticipantAnswer): ParticipantAnswer {
  const { vote, by } = answer;
  if (!batch || vote.vote !== 'yes' || (by && by !== itsHook)) return answer;
  if (vote.totals?.count === batch.count && vote.totals.amount_minor === batch.amount_minor) return answer;
  const said = vote.totals
    ? `of ${vote.totals.count} items and a sum of ${vote.totals.amount_minor}`
    : 'without totals';
  return { ...answer, vote: { vote: 'unknown', reason: `a yes ${said}`, sent: true } };
}

/** Value of `by` for an answer that arrived by the system's hook. */
export const itsHook = 'its hook';

/**
 * A yes is final, and so is a refusal to prepare. An indefinite answer never replaces a definite
 * one.
 */
function merged({ phase, vote, at, by }: ParticipantAnswer, before: CallState | undefined): CallState {
  const keeps =
    before?.vote === 'yes' ||
    (before?.vote === 'no' && (sagaPhases[phase].isRefusalFinal || !isDefinite(vote)));
  const counted = {
    attempts: (before?.attempts ?? 0) + 1,
    refusals: (before?.refusals ?? 0) + (vote.vote === 'no' ? 1 : 0),
    sent: (before?.sent ?? false) || vote.vote !== 'unknown' || vote.sent,
  };
  const unsure = before?.vote === 'no' && (vote.vote === 'ongoing' || (vote.vote === 'unknown' && vote.sent));
  if (keeps) return { ...(before as CallState), ...counted, ...(unsure && { unsure: true as const }) };
  return {
    ...counted,
    vote: vote.vote,
    at,
    ...('reason' in vote && { reason: vote.reason }),
    ...('validUntil' in vote && vote.validUntil !== undefined && { validUntil: vote.validUntil }),
    ...('notDone' in vote && vote.notDone && { notDone: true as const }),
    ...('absent' in vote && vote.absent && { absent: true as const }),
    ...('more' in vote && vote.more && { more: true as const }),
    ...(by && { by }),
  };
}

/**
 * An intent ends with a definite answer to its call, or when the call was certainly not sent.
 * A late yes clears the rollback receipt of its system.
 */
function settled(part: ParticipantState, answer: ParticipantAnswer, known: CallState): ParticipantState {
  const next: ParticipantState = { ...part, [answer.phase]: known };
  const answered = answer.vote.vote === 'unknown' ? !answer.vote.sent : answer.vote.vote !== 'ongoing';
  if (
    next.intent &&
    next.intent.phase === answer.phase &&
    answered &&
    (answer.by || next.intent.id === answer.intent)
  )
    delete next.intent;
  const isEffect = isForward(answer.phase) && known.vote === 'yes' && part[answer.phase]?.vote !== 'yes';
  if (isEffect && part.rollback) delete next.rollback;
  return next;
}

const results = { yes: 'success', no: 'refused', ongoing: 'ongoing', unknown: 'unknown' };

const rowOf = (
  { system, phase, vote, request, response, by }: ParticipantAnswer,
  { attempts }: CallState,
): NewRow => ({
  system,
  action: phase,
  result: results[vote.vote],
  attempt: attempts,
  ...('reason' in vote && { detail: vote.reason }),
  ...(by && { by: by === itsHook ? { role: 'system' as const } : { role: 'operator' as const, key: by } }),
  ...(request && { request }),
  ...(response && { response }),
});
