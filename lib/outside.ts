import type { Manifest } from '#systems/manifest.ts';

/**
 * One call to an outside system, by its manifest.
 * `key` goes out as Idempotency-Key and is derived from the attempt; `about` fills `{key}` in the path.
 * `notAfter` (ms since the epoch, counted from before the item was read) fences it: a process that was frozen past it sends nothing.
 */
export type Call = { system: Manifest; call: string; key: string; about?: string; body: unknown; notAfter: number };
/** An answer of theirs, whatever its status. `body` is parsed JSON, undefined if it was none. */
export type Reply = { status: number; body: unknown };
/** Throws `Unreached` when there is no answer to rely on: refused connection, time limit, redirect, oversized or cut-off answer, past `notAfter`. */
export type Outside = (call: Call) => Promise<Reply>;
