import {
  activeParticipants,
  type CallState,
  type Ending,
  type Limits,
  type PlannedParticipant,
  partOf,
  type Sync,
  voteOf,
} from '#domain/syncs/sync.ts';
import type { Phase, QueryResult, Vote } from '#systems/protocol.ts';
import type { ParticipantAnswer } from './answers.ts';

/** What the votes so far come to. `wait`: the systems that still owe an answer. */
export type Ruling =
  | { decide: 'commit' | 'abort' | 'undo'; why: string }
  | { end: Ending; why?: string | undefined }
  | { park: string; waitingFor?: string[] }
  | { wait: PlannedParticipant[] };

/** Everything that the coordinator knows of a phase. Each file in phases/ is one. */
export type SagaPhase = {
  name: Phase;
  /** The decision of the sync lets the phase run. Exactly one phase is due at any time. */
  isDue: (sync: Sync) => boolean;
  /** The system owes an answer. */
  owes: (sync: Sync, system: PlannedParticipant) => boolean;
  /** The system has agreed; the last one is called when all others have. */
  isDone: (sync: Sync, system: PlannedParticipant) => boolean;
  /**
   * A repeat would have a second effect, or the call cannot be undone: its intent is written
   * first.
   */
  isSealed: (system: PlannedParticipant) => boolean;
  /** A system with a query is asked what became of the call, and is not called again. */
  queriesFirst?: (sync: Sync, known: CallState | undefined) => boolean;
  /** States at the system that answer the call. Any other means that it is not done so far. */
  votes: Partial<Record<QueryResult['stands'], Vote>>;
  /** A refusal holds: the system is not asked again. */
  isRefusalFinal: boolean;
  /** A yes has an effect, so the receipts of a batch are stored for it. */
  keepsReceipts: boolean;
  /** Reads an answer in the light of the sync. */
  read?: (sync: Sync, answer: ParticipantAnswer) => ParticipantAnswer;
  /** The reducer: `known` has the answers of this round. */
  judge: (known: Sync, round: { answers: ParticipantAnswer[]; at: number; limits: Limits }) => Ruling;
};

export const refusing = (sync: Sync, phase: Phase): PlannedParticipant[] =>
  activeParticipants(sync).filter(({ name }) => voteOf(sync, name, phase) === 'no');

export const doubtful = (sync: Sync): PlannedParticipant | undefined =>
  activeParticipants(sync).find(({ name }) => partOf(sync, name).intent);

/** The state of a system that took a forward call back on its own. */
export const takenBack: Vote = { vote: 'no', reason: 'it reports a rollback of this sync' };
