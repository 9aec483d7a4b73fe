import type { Manifest } from './manifest.ts';

/** The three phases of a change, in the words that go out, and the question what has become of it. */
export const phases = ['prepare', 'commit', 'rollback'] as const;
export type Phase = (typeof phases)[number];

/** One item of a batch: `id` names it to its publisher and to every system, `amount_minor` is money in the smallest unit of its currency. What else its type gives it travels along. */
export type BatchItem = { id: string; amount_minor: number; [field: string]: unknown };
/** How many items, and the sum of their amounts: what every system must come to. */
export type Totals = { count: number; amount_minor: number };
/** A slice of a batch, as one call carries it. `index` counts from 0; `first` is the place of its first item in the batch, from 0. */
export type Chunk = Totals & { index: number; first: number; items: BatchItem[] };
/** A whole batch. `items` streams it afresh each time, from the very object that was pinned when the sync was accepted; `from` leaves out so many. */
export type Batch = Totals & { items: (from?: number) => AsyncIterable<BatchItem> };
/**
 * A batch as acceptance pins it: the object's `key`, `version` and size in bytes, `digest` (SHA-256 of its bytes, hex), `root` (of the Merkle tree over its
 * items, RFC 9162 2.1, hex), its totals. Every later read names all of it.
 */
export type Pinned = Totals & {
  key: string;
  version: string;
  digest: string;
  root: string;
  bytes: number;
  gzip: boolean;
};
/** What a system was told and has answered about one slice. `request` and `response` are digests; `absent` marks a rollback of what it has never heard of. */
export type Receipt = Totals & {
  chunk: number;
  first: number;
  request: string;
  response: string;
  absent?: true;
};
/** An item because of which a system has refused. */
export type Refused = { id: string; reason: string };

/**
 * What an adapter is asked. `token` is the sync's name on the wire (a UUID, the same in every call), `key` the name of this one call (the same in its repeats);
 * `notAfter` (ms since the epoch, counted from before the sync was read) fences it: nothing is sent past it. `acceptedAt` (ms) is when the sync was accepted. Of a batch, a system that takes it in
 * chunks is asked about one `chunk` at a time, any other about the whole `batch` at once.
 */
export type Ask = {
  system: Manifest;
  outsideToken: string;
  key: string;
  type: string;
  payload: unknown;
  notAfter: number;
  acceptedAt: number;
  batch?: Batch;
  chunk?: Chunk;
};

/**
 * `yes`: it is so, now and for good. `no`: a definite refusal, nothing was done. `ongoing`: they work on it and will say.
 * `unknown`: nobody can tell; `sent` is false only where it is certain that nothing left the house.
 * `held` is true where we kept it back ourselves, `notDone` where they were asked and say that it is not done so far. `validUntil` (ms) ends a yes to prepare; `absent` marks a no to rollback that means "never heard of it"; `pauseMs`: they ask to be left alone for so long.
 * Of a batch: `totals` is what they say they have of it (or of the chunk), `items` name what they refuse, and `more` is ours: time was up at a chunk, and the rest is to be asked for.
 */
export type Vote =
  | { vote: 'yes'; validUntil?: number; totals?: Totals }
  | { vote: 'no'; reason: string; absent?: boolean; items?: Refused[] }
  | { vote: 'ongoing'; more?: true }
  | { vote: 'unknown'; reason: string; sent: boolean; held?: boolean; notDone?: boolean; pauseMs?: number };

/** Where a system says that the change stands with it; `unknown` where it did not say. */
export type QueryResult =
  | { stands: 'absent' | 'prepared' | 'committed' | 'rolled-back' | 'ongoing' }
  | { stands: 'unknown'; reason: string; held?: boolean };

/** An answer over HTTP, whatever its status; `body` is parsed JSON, undefined if it was none. */
export type Reply = { status: number; body: unknown };
/**
 * A folder of files at a system, by paths below it. `size` and `read` are undefined where there is no such file. `write` puts the bytes from `from` on (0 by
 * default), and when they have come to their end cuts off what is behind; where they break off it stays. `rename` is atomic; `remove` says whether there was one.
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
/** The lines that adapters speak over, handed in so that a test can hand in others. Each throws where there is no answer to rely on. `sftp` opens a session for as long as it is used. */
export type Line = {
  rest: (ask: Ask, phase: Phase | 'query') => Promise<Reply>;
  sftp: <T>(ask: Ask, phase: Phase | 'query', use: (files: RemoteFiles) => Promise<T>) => Promise<T>;
};

/** One protocol. Each phase answers what it knows; what it cannot know it says as `unknown`, or throws. */
export type Adapter = Record<Phase, (ask: Ask, lines: Line) => Promise<Vote>> & {
  query: (ask: Ask, lines: Line) => Promise<QueryResult>;
};
