import type { directions, grades, states } from '#events/sync-words.ts';
import type { Item } from '#lib/aws/table.ts';
import type { Manifest } from '#systems/manifest.ts';
import type { Phase, Pinned, Vote } from '#systems/protocol.ts';
import type { Row } from './ledger-chain.ts';

export type Direction = (typeof directions)[number];
export type State = (typeof states)[number];

/** One system's calls of a phase. `sent`: at least one left; `by`: an operator or the hook. */
export type CallState = {
  vote: Vote['vote'];
  at: number;
  attempts: number;
  refusals: number;
  sent: boolean;
  /** It refused and was called again, with an unknown outcome. */
  unsure?: true;
  /** Queried, it reported that the call is not done so far. */
  notDone?: true;
  /** Its refusal means that it has no record of the call. */
  absent?: true;
  /** Of a batch: time was up at a chunk, and the rest is still to be sent. */
  more?: true;
  reason?: string;
  validUntil?: number;
  by?: string;
};

/** Written before a call that must not be repeated; without an answer its outcome is unknown. */
export type Intent = { id: string; phase: Phase; epoch: number; notAfter: number };
export type ParticipantState = Partial<Record<Phase, CallState>> & { intent?: Intent; skipped?: string };

/** A system as the plan froze it. `last`: no undo, so called when all others voted yes. */
export type PlannedParticipant = Pick<
  Manifest['capabilities'],
  'prepare' | 'undo' | 'query' | 'idempotent' | 'tombstone' | 'settlesWithinMs'
> & {
  name: string;
  title: string;
  adapter: string;
  digest: string;
  last: boolean;
  /** The longest timeout among its calls. */
  reachMs: number;
  undoWindowSeconds?: number;
  /** Of a batch, it knows totals only, and no items. */
  totals?: true;
};

/** `inputs`: the fields that the conditions read. */
export type Policy = { system: string; takes: boolean; inputs: Record<string, unknown> };
export type Grade = (typeof grades)[number];
export type Plan = { systems: PlannedParticipant[]; policy: Policy[]; grade: Grade; gradeReason: string };

/** A results object of a batch: its key, and the SHA-256 (hex) of its bytes. */
export type Result = { phase: Phase; key: string; digest: string };

export type SyncEvent = { type: string; at: number; starts?: boolean };

/**
 * One sync is one item: state, lock, votes, decision, answer and outbox. `epoch`: the execution
 * that owns it; `attempt`: the last write; `rows`, `seq`, `head`: the last write's ledger rows and
 * the chain; `openShard`, `due`: set while the sync is open.
 */
export type Sync = Item & {
  v: number;
  eventV: number;
  event: SyncEvent;
  attempt: string;
  tenant: string;
  syncId: string;
  outsideToken: string;
  route: string;
  request: string;
  type: string;
  payload: Record<string, unknown>;
  batch?: Pinned;
  results?: Result[];
  /** A batch that is expected to take longer in a phase than one function may. */
  long?: boolean;
  /** How often a batch was continued, because it took longer than one function may. */
  legs?: number;
  acceptedAt: number;
  deadline: number;
  onCommitFailure: 'retry' | 'compensate';
  state: State;
  decision?: { to: Direction; at: number; why: string };
  settleUntil?: number;
  epoch: number;
  /** The epoch in which an operator has calls pass an open circuit. */
  probeEpoch?: number;
  plan: Plan;
  parts: Record<string, ParticipantState>;
  /** `waitingFor`: ids undone first, in order; `awaitedBy`: ids that wait for this undo. */
  undo?: { at: number; by: string; waitingFor?: string[]; awaitedBy?: string[] };
  parked?: { at: number; why: string };
  /** An operator has acted on it. */
  byHand?: true;
  /** Recoveries of a system that woke it, since it last moved. */
  recoveries?: number;
  waitTurns: number;
  waitingFor: string[];
  endedAt?: number;
  taskToken?: string;
  rows: Row[];
  seq: number;
  head: string;
  openShard?: string;
  due?: number;
};

/** Operator settings, in ms and counts. `legMs`: one function's time for a batch. */
export type Limits = { watchdogMs: number; waitMs: number; refusedCommits: number; legMs: number };

/** How long after the read a sync may be acted upon: every call leaves within it, or never. */
export const budgetMs = 5_000;
/** The same for a batch, where a call is a chunk. */
export const longestLegMs = 30_000;
/** How far two clocks may differ. */
export const skewMs = 1_000;

/** The final states, with their words in the ledger and for the caller's task. */
export const endings = { committed: 'success', rolled_back: 'rolled back', undone: 'undone' } as const;
export type Ending = keyof typeof endings;
export const isEnding = (state: State): state is Ending => Object.hasOwn(endings, state);
export const isEnded = ({ state }: Pick<Sync, 'state'>): boolean => isEnding(state);

export const partOf = (sync: Sync, system: string): ParticipantState => sync.parts[system] ?? {};
export const voteOf = (sync: Sync, system: string, phase: Phase): CallState['vote'] | undefined =>
  partOf(sync, system)[phase]?.vote;

/** The systems of the plan that no operator has skipped. */
export const activeParticipants = (sync: Sync): PlannedParticipant[] =>
  sync.plan.systems.filter(({ name }) => !partOf(sync, name).skipped);
