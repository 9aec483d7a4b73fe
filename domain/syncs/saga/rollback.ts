import {
  activeParticipants,
  type Limits,
  type PlannedParticipant,
  partOf,
  type Sync,
  voteOf,
} from '#domain/syncs/sync.ts';
import type { Change } from '#domain/syncs/syncs.ts';
import type { Phase } from '#systems/protocol.ts';
import { fold, type ParticipantAnswer } from './answers.ts';
import { ended, parked, watched } from './transitions.ts';

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
  (leftSomething(sync, system) || isUnheard(sync, system)) && voteOf(sync, system.name, 'rollback') !== 'yes';

/**
 * A repeat would have a second effect, or the call cannot be undone: its intent is written first.
 */
export const isSealed = ({ idempotent, undo, prepare }: PlannedParticipant, phase: Phase): boolean => {
  if (phase === 'commit') return idempotent === 'none' || undo === 'none';
  return idempotent === 'none' && (phase === 'rollback' || prepare === 'reserve');
};

/**
 * Whether a crashed execution may have called the system without recording the answer: only a
 * sealed call rules that out.
 */
export function isUnheard(sync: Sync, system: PlannedParticipant): boolean {
  const { prepare, commit } = partOf(sync, system.name);
  const committing = sync.decision !== undefined && sync.decision.to !== 'abort';
  // An unsent call says nothing about another one whose outcome is unknown.
  const reserving = system.prepare === 'reserve' && !prepare?.sent && !isSealed(system, 'prepare');
  return reserving || (committing && !commit?.sent && !isSealed(system, 'commit'));
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
 * The Rollback reducer: retries until nothing is left at any system. A refused or impossible
 * rollback parks the sync.
 */
export const afterRollback =
  (answers: ParticipantAnswer[], at: number, limits: Limits, epoch: number) =>
  (sync: Sync): Change => {
    const read = answers.map((answer) => readRollback(sync, answer));
    const known = fold(sync, read, at);
    const back = sync.decision?.to === 'abort' || sync.decision?.to === 'undo';
    if (!back || sync.epoch !== epoch || (sync.state !== 'aborting' && sync.state !== 'undoing'))
      return known.seq === sync.seq ? undefined : { sync: known };
    const open = activeParticipants(known).filter((system) => owesRollback(known, system));
    if (open.length === 0)
      return ended(
        known,
        sync.decision?.why === askedBefore || sync.state === 'undoing' ? 'undone' : 'rolled_back',
        at,
        sync.decision?.why,
      );
    const forgetful = read.find(
      ({ phase, vote }) => phase === 'rollback' && vote.vote === 'no' && vote.absent,
    );
    // A retry would find the tombstone of this very call and agree: parked for an operator.
    if (forgetful)
      return parked(
        { ...known, waitingFor: [] },
        `${forgetful.system} reported its commit, and now has no record of it`,
        at,
      );
    const waits = open.map(({ name }) => name);
    const stuck = open.find((system) => irreversible(known, system));
    if (stuck && !partOf(known, stuck.name).intent)
      return parked(
        { ...known, waitingFor: waits },
        `${stuck.name} has committed, or may have, and cannot be undone`,
        at,
      );
    const refused = open.find(
      ({ name }) => (partOf(known, name).rollback?.refusals ?? 0) >= limits.refusedCommits,
    );
    if (refused)
      return parked(
        { ...known, waitingFor: waits },
        `${refused.name} refuses to roll back: ${partOf(known, refused.name).rollback?.reason}`,
        at,
      );
    return { sync: watched({ ...known, waitingFor: waits }, at, limits) };
  };

/** The reason of an abort because of an undo before the decision. */
export const askedBefore = 'undo was asked for';
