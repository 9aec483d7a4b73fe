import type { Ask } from '#domain/participants/line.ts';
import { isEnded, type Limits, type PlannedParticipant, type Result, type Sync } from '#domain/syncs/sync.ts';
import type { Syncs } from '#domain/syncs/syncs.ts';
import type { Item, Key } from '#lib/aws/table.ts';
import type { Clock } from '#lib/clock.ts';
import type { Phase, Pinned, QueryResult, Receipt, Refused, Vote } from '#systems/protocol.ts';
import type { ParticipantAnswer } from './answers.ts';
import type { SagaPhase } from './phase.ts';

/**
 * One call to one system's adapter. `again`: an earlier execution may have sent it without
 * recording the answer.
 */
export type ParticipantCall = Omit<Ask, 'system' | 'batch' | 'chunk'> & {
  tenant: string;
  /** The known yes votes at the system: what a rollback covers. */
  basis: string;
  system: PlannedParticipant;
  phase: Phase | 'query';
  batch?: Pinned;
  again?: boolean;
};
/**
 * The adapter's reply: a vote or a query result, with digests of the request and response. Never
 * throws: an undetermined outcome is `unknown`.
 */
export type ParticipantReply = {
  said: Vote | QueryResult;
  request?: string;
  response?: string;
  receipts?: Receipt[];
  failed?: Refused[];
};

/** Systems not to be called yet: name → until when (ms), infinite for a pause by an operator. */
export type RestingSystems = Record<string, number>;
/** Health of a system after a call: whether it answered, and for how long it asks for no calls. */
export type HealthReport = { system: string; answered: boolean; pauseMs?: number };
/** `keys`: the circuits, read in one call with the sync. */
export type Circuits = {
  keys: Key[];
  resting(read: (Item | undefined)[]): RestingSystems;
  report(reported: HealthReport[]): Promise<void>;
};

export type Tools = {
  syncs: Syncs;
  ask: (asked: ParticipantCall) => Promise<ParticipantReply>;
  circuits: Circuits;
  /** Stores the results of a batch, item by item. */
  keepResult: (sync: Sync, phase: Phase, answers: ParticipantAnswer[]) => Promise<Result>;
  clock: Clock;
  newId: () => string;
  limits: Limits;
};
/** One execution of one sync. */
export type Execution = { tenant: string; outsideToken: string; epoch: number };

/**
 * A system was unreachable or is still working. Step Functions retries the phase; systems that
 * answered are skipped.
 */
export class Outage extends Error {
  override readonly name = 'Outage';
}

/** `waits`: systems that were not called, and until when. */
export type Round = {
  sync: Sync;
  answers: ParticipantAnswer[];
  reported: HealthReport[];
  waits: number[];
  overtaken: boolean;
};

/** Whether an execution of this phase and epoch may still act. */
export const mayAct = (sync: Sync, { isDue }: Pick<SagaPhase, 'isDue'>, epoch: number): boolean =>
  sync.epoch === epoch && !isEnded(sync) && sync.state !== 'parked' && isDue(sync);
