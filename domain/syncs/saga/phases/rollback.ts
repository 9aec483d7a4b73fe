import type { ParticipantAnswer } from '#domain/syncs/saga/answers.ts';
import type { SagaPhase } from '#domain/syncs/saga/phase.ts';
import {
  activeParticipants,
  type PlannedParticipant,
  partOf,
  type Sync,
  voteOf,
} from '#domain/syncs/sync.ts';
import { canRollBack } from '#systems/participation.ts';
import { commit } from './commit.ts';
import { prepare } from './prepare.ts';

/**
 * Whether a reservation or a commit may be left at a system. A read-only prepare leaves nothing.
 */
export function leftSomething(sync: Sync, { name, prepare, undo }: PlannedParticipant): boolean {
  const { prepare: asked, commit, intent } = partOf(sync, name);
  // A system without undo leaves nothing but its commit, and a definite no leaves none.
  const done = commit?.sent === true && (undo !== 'none' || commit.vote !== 'no' || commit.unsure === true);
  return (prepare === 'reserve' && asked?.sent === true) || done || intent !== undefined;
}

export const owesRollback = (sync: Sync, system: PlannedParticipant): boolean =>
  (leftSomething(sync, system) || isUnheard(sync, system)) && !rolledBack(sync, system);

const rolledBack = (sync: Sync, { name }: PlannedParticipant): boolean =>
  voteOf(sync, name, 'rollback') === 'yes';

/**
 * Whether a crashed execution may have called the system without recording the answer: only a
 * sealed call rules that out.
 */
export function isUnheard(sync: Sync, system: PlannedParticipant): boolean {
  const known = partOf(sync, system.name);
  const committing = sync.decision !== undefined && sync.decision.to !== 'abort';
  // An unsent call says nothing about another one whose outcome is unknown.
  const reserving = system.prepare === 'reserve' && !known.prepare?.sent && !prepare.isSealed(system);
  return reserving || (committing && !known.commit?.sent && !commit.isSealed(system));
}

/** The system committed, or may have, and has no undo. */
export function irreversible(sync: Sync, { name, undo }: PlannedParticipant): boolean {
  const { commit, intent } = partOf(sync, name);
  const maybe = commit?.sent === true && (commit.vote !== 'no' || commit.unsure === true);
  return undo === 'none' && (commit?.vote === 'yes' || maybe || intent?.phase === 'commit');
}

/**
 * A rollback of a call that never arrived is a success. `absent` from a system that voted yes to
 * commit is not.
 */
export function readRollback(sync: Sync, answer: ParticipantAnswer): ParticipantAnswer {
  if (answer.phase !== 'rollback' || answer.vote.vote !== 'no' || !answer.vote.absent) return answer;
  if (partOf(sync, answer.system).commit?.vote === 'yes') return answer;
  const { count, amount_minor } = sync.batch ?? {};
  return {
    ...answer,
    vote: {
      vote: 'yes',
      ...(count !== undefined && amount_minor !== undefined && { totals: { count, amount_minor } }),
    },
  };
}

/**
 * Goes on until nothing is left at any system. A refused or impossible rollback parks the sync.
 */
const judgeRollback: SagaPhase['judge'] = (known, { answers, limits }) => {
  const open = activeParticipants(known).filter((system) => owesRollback(known, system));
  const why = known.decision?.why;
  if (open.length === 0)
    return { end: why === askedBefore || known.state === 'undoing' ? 'undone' : 'rolled_back', why };
  const forgetful = answers.find(
    ({ phase, vote }) => phase === 'rollback' && vote.vote === 'no' && vote.absent,
  );
  // A retry would find the tombstone of this very call and agree: parked for an operator.
  if (forgetful)
    return {
      park: `${forgetful.system} reported its commit, and now has no record of it`,
      waitingFor: [],
    };
  const waitingFor = open.map(({ name }) => name);
  const stuck = open.find((system) => irreversible(known, system));
  if (stuck && !partOf(known, stuck.name).intent)
    return { park: `${stuck.name} has committed, or may have, and cannot be undone`, waitingFor };
  const refused = open.find(
    ({ name }) => (partOf(known, name).rollback?.refusals ?? 0) >= limits.refusedCommits,
  );
  if (!refused) return { wait: open };
  return {
    park: `${refused.name} refuses to roll back: ${partOf(known, refused.name).rollback?.reason}`,
    waitingFor,
  };
};

/** The reason of an abort because of an undo before the decision. */
export const askedBefore = 'undo was asked for';

/** Every system that has the change, or may have it, takes it back. */
export const rollback: SagaPhase = {
  name: 'rollback',
  isDue: ({ decision }) => decision !== undefined && decision.to !== 'commit',
  owes: (sync, system) =>
    owesRollback(sync, system) && (canRollBack(system) || partOf(sync, system.name).intent !== undefined),
  isDone: rolledBack,
  isSealed: ({ idempotent }) => idempotent === 'none',
  votes: {
    'rolled-back': { vote: 'yes' },
    absent: { vote: 'no', reason: 'it has no record of this sync', absent: true },
  },
  isRefusalFinal: false,
  keepsReceipts: true,
  read: readRollback,
  judge: judgeRollback,
};
