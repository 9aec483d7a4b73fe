import type { SyncChange } from '#domain/syncs/change.ts';
import type { Manifest } from '#systems/manifest.ts';
import type { Batch, Chunk, Phase, QueryResult, Vote } from '#systems/protocol.ts';

/**
 * The request to an adapter.
 * `outsideToken`: a UUID, the same in every call of a sync. `key`: the id of this call, the same in
 * its repeats.
 * `notAfter`: ms since the epoch, counted from before the sync was read; nothing is sent past it.
 * `acceptedAt`: ms, when the sync was accepted.
 * `chunk`: for a system that takes batches in chunks. `batch`: for any other, the whole batch at
 * once.
 */
export type Ask = SyncChange & {
  system: Manifest;
  outsideToken: string;
  key: string;
  notAfter: number;
  acceptedAt: number;
  batch?: Batch;
  chunk?: Chunk;
};

/**
 * One protocol over the calls of its line. Each phase answers with a vote; an outcome that it
 * cannot know is `unknown`, or thrown.
 */
export type Adapter<Calls> = Record<Phase, (ask: Ask, calls: Calls) => Promise<Vote>> & {
  query: (ask: Ask, calls: Calls) => Promise<QueryResult>;
};

/** Digests of request and response: the first 128 bits of SHA-256, in base64url. */
export type WireDigests = { request: string; response: string };
/** Is told the digests of a call by its key. */
export type NoteDigests = (key: string, digests: WireDigests) => void;
/** What one call sends; a step on a file has its own word for a method. */
export type SentRequest = { method: string; path: string; body?: unknown };

/**
 * A way to outside systems. Its folder in lines/ has one object of this type, and what only its
 * adapters know of it.
 */
export type Line<Transport, Calls> = {
  /** The calls that an adapter is handed. Each throws if there is no reliable answer. */
  call: (transport: Transport) => Calls;
  /** The same calls, which note their digests. */
  digest: (calls: Calls, note: NoteDigests) => Calls;
  /** What a phase would send. */
  preview: (ask: Ask, phase: Phase) => SentRequest;
};

/** A line that is open: the calls, and how they are digested. */
export type OpenLine<Calls> = { calls: Calls; digest: Line<never, Calls>['digest'] };
