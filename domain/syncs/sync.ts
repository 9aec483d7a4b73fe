import type { Item } from '#lib/aws/table.ts';
import type { Manifest } from '#systems/manifest.ts';
import type { Phase, Pinned, Vote } from '#systems/protocol.ts';
import type { Row } from './ledger-chain.ts';

export type Direction = 'commit' | 'abort' | 'undo';
export const states = [
  'preparing',
  'committing',
  'aborting',
  'undoing',
  'committed',
  'rolled_back',
  'undone',
  'parked',
] as const;
export type State = (typeof states)[number];

/**
 * What is known of one call to one system. `sent` once true stays true; `tries` counts what was asked, `noes` the refusals among it.
 * `at` and `validUntil` are ms since the epoch. `by`: an operator has said so, not the system.
 */
export type CallState = {
  vote: Vote['vote'];
  at: number;
  attempts: number;
  refusals: number;
  sent: boolean;
  /** It has refused, was asked again, and nobody knows what has become of that. */
  unsure?: true;
  /** It was asked what has become of it, and says that it is not done so far. */
  notDone?: true;
  /** Its no means that it has never heard of it. */
  absent?: true;
  /** Of a batch: its time was up at a chunk, and the rest is to be asked for. */
  more?: true;
  reason?: string;
  validUntil?: number;
  by?: string;
};

/** Written before a call that must not be made twice: whoever finds it without an answer knows that nobody knows. */
export type Intent = { id: string; phase: Phase; epoch: number; notAfter: number };
export type ParticipantState = Partial<Record<Phase, CallState>> & { intent?: Intent; skipped?: string };

/** A system as the plan froze it. `digest` names the manifest that it was; `last`: it cannot be undone, so it is asked when all others have said yes. */
export type PlannedParticipant = Pick<
  Manifest['capabilities'],
  'prepare' | 'undo' | 'query' | 'idempotent' | 'tombstone' | 'settlesWithinMs'
> & {
  name: string;
  title: string;
  adapter: string;
  digest: string;
  last: boolean;
  /** The longest that one of its calls may take. */
  reachMs: number;
  undoWindowSeconds?: number;
  /** Of a batch it knows how many items there are and their sum, and no single one. */
  totals?: true;
};

/** `inputs`: the fields that the conditions looked at. */
export type Policy = { system: string; takes: boolean; inputs: Record<string, unknown> };
export type Grade = 'A' | 'B' | 'C' | 'D';
export type Plan = { systems: PlannedParticipant[]; policy: Policy[]; grade: Grade; gradeReason: string };

/** What was answered about a batch item by item: an object, and the SHA-256 (hex) of its bytes. */
export type Result = { phase: Phase; key: string; digest: string };

export type SyncEvent = { type: string; at: number; starts?: boolean };

/**
 * One sync is one item: state, lock, votes, decision, answer and outbox. `epoch` is the execution that owns it; `attempt` names the last write;
 * `rows` are the ledger rows of the last write, `seq` and `head` where the chain stands. `openShard` and `due` are there as long as somebody must come back to it.
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
  /** How often a batch was gone on with, because it took longer than one function may. */
  legs?: number;
  acceptedAt: number;
  deadline: number;
  onCommitFailure: 'retry' | 'compensate';
  state: State;
  decision?: { to: Direction; at: number; why: string };
  settleUntil?: number;
  epoch: number;
  /** The epoch in which an operator wants systems to be tried that everybody leaves alone. */
  probeEpoch?: number;
  plan: Plan;
  parts: Record<string, ParticipantState>;
  /** `waits`: the later syncs that are undone before it, in this order. `awaitedBy`: those that wait for its undo. All by their tokens. */
  undo?: { at: number; by: string; waitingFor?: string[]; awaitedBy?: string[] };
  parked?: { at: number; why: string };
  /** An operator has had his hand in it. */
  byHand?: true;
  /** How often the recovery of a system has woken it since anything else moved it. */
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

/** What an operator has set, in milliseconds and counts. `legMs`: so long one function goes on with a batch, `longestLegMs` at most. */
export type Limits = { watchdogMs: number; waitMs: number; refusedCommits: number; legMs: number };

/** How long after it was read a sync may still be acted upon: every call of a conductor is sent by then or never. */
export const budgetMs = 5_000;
/** The same for a batch, of which a call is a chunk. */
export const longestLegMs = 30_000;
/** How far two clocks may be apart. */
export const skewMs = 1_000;

/** The states in which a sync ends, each in the word that the ledger and the caller's task hear. */
export const endings = { committed: 'success', rolled_back: 'rolled back', undone: 'undone' } as const;
export type Ending = keyof typeof endings;
export const isEnding = (state: State): state is Ending => Object.hasOwn(endings, state);
export const isEnded = ({ state }: Pick<Sync, 'state'>): boolean => isEnding(state);

export const partOf = (sync: Sync, system: string): ParticipantState => sync.parts[system] ?? {};
export const voteOf = (sync: Sync, system: string, phase: Phase): CallState['vote'] | undefined =>
  partOf(sync, system)[phase]?.vote;

/** What has a say in this sync: an operator may have taken a system out. */
export const activeParticipants = (sync: Sync): PlannedParticipant[] =>
  sync.plan.systems.filter(({ name }) => !partOf(sync, name).skipped);
