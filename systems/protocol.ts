/** The phases that bring a change forward, in their order. */
export const forwardPhases = ['prepare', 'commit'] as const;
export type ForwardPhase = (typeof forwardPhases)[number];
/** All phases of a change. One more call, the query, asks for the state of a token. */
export const phases = [...forwardPhases, 'rollback'] as const;
export type Phase = (typeof phases)[number];
/** One thing for each phase, by its name. */
export const byPhase = <T>(make: (phase: Phase) => T): Record<Phase, T> =>
  Object.fromEntries(phases.map((phase) => [phase, make(phase)])) as Record<Phase, T>;
export const isForward = (phase: Phase): boolean => forwardPhases.some((each) => each === phase);

/**
 * One item of a batch. `id` identifies it for its publisher and every system, `amount_minor` is
 * money in the smallest unit of its currency; the other fields depend on its type.
 */
export type BatchItem = { id: string; amount_minor: number; [field: string]: unknown };
/** The item count and the sum of the amounts, which every system must confirm. */
export type Totals = { count: number; amount_minor: number };
/**
 * The part of a batch that one call carries. `index` counts from 0; `first` is the index of its
 * first item in the batch.
 */
export type Chunk = Totals & { index: number; first: number; items: BatchItem[] };
/**
 * A whole batch. `items` streams it anew each time, from the pinned object; `from` skips that many
 * items.
 */
export type Batch = Totals & { items: (from?: number) => AsyncIterable<BatchItem> };
/**
 * A pinned batch: the object's `key`, `version` and size in bytes, its `digest` (SHA-256, hex),
 * the Merkle `root` over its items (RFC 9162 2.1, hex), and its totals. Every later read names all
 * of it.
 */
export type Pinned = Totals & {
  key: string;
  version: string;
  digest: string;
  root: string;
  bytes: number;
  gzip: boolean;
};
/**
 * The request and the answer for one chunk. `request` and `response` are digests; `absent` marks a
 * rollback of a chunk that the system never saw.
 */
export type Receipt = Totals & {
  chunk: number;
  first: number;
  request: string;
  response: string;
  absent?: true;
};
/** An item that made a system refuse. */
export type Refused = { id: string; reason: string };

/**
 * A system's answer to a phase.
 * `yes`: done, for good. `no`: a definite refusal, nothing was done. `ongoing`: the system is
 * working on it and will report.
 * `unknown`: the outcome is not known. `sent` is false only if certainly nothing was sent.
 * `held`: Lockstep kept the call back. `notDone`: the system was asked and says that it is not
 * done so far.
 * `validUntil`: ms, the end of a yes to prepare. `absent`: a no to rollback because the system
 * never saw the token. `pauseMs`: the system asks for a pause.
 * For a batch, `totals` is the system's count and sum for it (or the chunk), `items` are those
 * that it refuses, and `more` means that the time was up after a chunk and the rest is due.
 */
export type Vote =
  | { vote: 'yes'; validUntil?: number; totals?: Totals }
  | { vote: 'no'; reason: string; absent?: boolean; items?: Refused[] }
  | { vote: 'ongoing'; more?: true }
  | { vote: 'unknown'; reason: string; sent: boolean; held?: boolean; notDone?: boolean; pauseMs?: number };

/** A system's answer to `query`: the state of the change there; `unknown` if it did not say. */
export type QueryResult =
  | { stands: 'absent' | 'prepared' | 'committed' | 'rolled-back' | 'ongoing' }
  | { stands: 'unknown'; reason: string; held?: boolean };

/** An HTTP answer, whatever its status; `body` is parsed JSON, undefined if it was none. */
export type Reply = { status: number; body: unknown };
/**
 * A system's folder of files, by relative paths.
 * `size` and `read` are undefined for an absent file. `rename` is atomic; `remove` answers whether
 * the file existed.
 * `write` writes the bytes from offset `from` (0 by default) and truncates the file at their end;
 * a stream that breaks off leaves the rest in place.
 */
export type RemoteFiles = {
  size: (path: string) => Promise<number | undefined>;
  read: (path: string, from?: number) => Promise<AsyncIterable<Uint8Array> | undefined>;
  write: (
    path: string,
    bytes: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
    from?: number,
  ) => Promise<void>;
  rename: (path: string, to: string) => Promise<boolean>;
  remove: (path: string) => Promise<boolean>;
};
