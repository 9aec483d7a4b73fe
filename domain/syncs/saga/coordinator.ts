import { isEnded, type Limits, type PlannedParticipant, type Result, type Sync } from '#domain/syncs/sync.ts';
import type { Syncs } from '#domain/syncs/syncs.ts';
import type { Item, Key } from '#lib/aws/table.ts';
import type { Clock } from '#lib/clock.ts';
import type { Ask, Phase, Pinned, QueryResult, Receipt, Refused, Vote } from '#systems/protocol.ts';
import type { ParticipantAnswer } from './answers.ts';

/** One call to one system, on its way to the system's adapter. `again`: it may have been asked before, by somebody who did not come to its end. */
export type ParticipantCall = Omit<Ask, 'system' | 'batch' | 'chunk'> & {
  tenant: string;
  /** What may have taken effect there, as far as is known: what a rollback covers. */
  basis: string;
  system: PlannedParticipant;
  phase: Phase | 'query';
  batch?: Pinned;
  again?: boolean;
};
/** What came back: a vote, or where it stands, with digests of what was sent and received. Throws nothing: what cannot be known is `unknown`. */
export type ParticipantReply = {
  said: Vote | QueryResult;
  request?: string;
  response?: string;
  receipts?: Receipt[];
  failed?: Refused[];
};

/** Who is to be left alone for now: a system's name → until when (ms), for ever where an operator has paused it. */
export type RestingSystems = Record<string, number>;
/** What a call says of its system: whether it answered at all, and for how long it asks to be left alone. */
export type HealthReport = { system: string; answered: boolean; pauseMs?: number };
/** `keys`: what is read, in one call with the sync, to know who is to be left alone. */
export type Circuits = {
  keys: Key[];
  resting(read: (Item | undefined)[]): RestingSystems;
  report(reported: HealthReport[]): Promise<void>;
};

export type Tools = {
  syncs: Syncs;
  ask: (asked: ParticipantCall) => Promise<ParticipantReply>;
  circuits: Circuits;
  /** Keeps what was answered about a batch item by item. */
  keepResult: (sync: Sync, phase: Phase, answers: ParticipantAnswer[]) => Promise<Result>;
  clock: Clock;
  newId: () => string;
  limits: Limits;
};
/** One execution of one sync. */
export type Execution = { tenant: string; outsideToken: string; epoch: number };

/** Somebody could not be reached, or has not finished: the phase comes again, and asks only those who have not answered. */
export class Outage extends Error {
  override readonly name = 'Outage';
}

/** `waits`: systems that were left alone, and until when. */
export type Round = {
  sync: Sync;
  answers: ParticipantAnswer[];
  reported: HealthReport[];
  waits: number[];
  overtaken: boolean;
};

/** Whether a conductor of this phase and epoch still has a say. */
export const mayAct = (sync: Sync, phase: Phase, epoch: number): boolean => {
  if (sync.epoch !== epoch || isEnded(sync) || sync.state === 'parked') return false;
  if (phase === 'prepare') return sync.decision === undefined;
  return phase === 'commit'
    ? sync.decision?.to === 'commit'
    : sync.decision !== undefined && sync.decision.to !== 'commit';
};
