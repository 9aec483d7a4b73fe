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

/** Whether anything may have been left at a system: a reservation that was asked for, or a commit. What was only looked at leaves nothing. */
export function leftSomething(sync: Sync, { name, prepare, undo }: PlannedParticipant): boolean {
  const { prepare: asked, commit, intent } = partOf(sync, name);
  // What cannot be undone has no other trace than its commit, and a definite no leaves none.
  const done = commit?.sent === true && (undo !== 'none' || commit.vote !== 'no' || commit.unsure === true);
  return (prepare === 'reserve' && asked?.sent === true) || done || intent !== undefined;
}

export const owesRollback = (sync: Sync, system: PlannedParticipant): boolean =>
  (leftSomething(sync, system) || isUnheard(sync, system)) && voteOf(sync, system.name, 'rollback') !== 'yes';

/** A repeat of this call would be a second effect, or it can never be taken back: its intent is written first. */
export const isSealed = ({ idempotent, undo, prepare }: PlannedParticipant, phase: Phase): boolean => {
  if (phase === 'commit') return idempotent === 'none' || undo === 'none';
  return idempotent === 'none' && (phase === 'rollback' || prepare === 'reserve');
};

/** Whether it may have been asked by somebody who died before he could write down the answer: only an intent tells that nobody was. */
export function isUnheard(sync: Sync, system: PlannedParticipant): boolean {
  const { prepare, commit } = partOf(sync, system.name);
  const committing = sync.decision !== undefined && sync.decision.to !== 'abort';
  // That this one was not sent says nothing of another, of which nobody could tell.
  const reserving = system.prepare === 'reserve' && !prepare?.sent && !isSealed(system, 'prepare');
  return reserving || (committing && !commit?.sent && !isSealed(system, 'commit'));
}

/** What has been done at a system, or may have been, and can never be taken back. */
export function irreversible(sync: Sync, { name, undo }: PlannedParticipant): boolean {
  const { commit, intent } = partOf(sync, name);
  const maybe = commit?.sent === true && (commit.vote !== 'no' || commit.unsure === true);
  return undo === 'none' && (commit?.vote === 'yes' || maybe || intent?.phase === 'commit');
}

/** A rollback of what never arrived is a success; "never heard of it" from a system that has said yes to a commit is not. */
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

/** The reducer of Rollback: until nothing is left anywhere. What refuses to be taken back, or cannot be, is handed to a person. */
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
    // Asked once more it would find what this very call has left there, and agree to anything: only a person can find out.
    if (forgetful)
      return parked(
        { ...known, waitingFor: [] },
        `${forgetful.system} has said that it committed, and now has never heard of it`,
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

/** Why a sync was aborted that its own caller took back before it was decided. */
export const askedBefore = 'undo was asked for';
