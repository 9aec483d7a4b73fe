import type { Ask, Phase } from '#systems/protocol.ts';

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
  /** The calls that an adapter is handed, over a transport. Each throws without a reliable answer. */
  call: (transport: Transport) => Calls;
  /** The same calls, which note their digests. */
  digest: (calls: Calls, note: NoteDigests) => Calls;
  /** What a phase would send. */
  preview: (ask: Ask, phase: Phase) => SentRequest;
};

/** A line that is open: the calls, and how they are digested. */
export type OpenLine<Calls> = { calls: Calls; digest: Line<never, Calls>['digest'] };
