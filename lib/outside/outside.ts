import { JsonRefused } from '#lib/json/json-refused.ts';
import { readJsonText } from '#lib/json/read-json.ts';
import type { Manifest } from '#systems/manifest.ts';

/**
 * One call to an outside system, by its manifest.
 * `key`: sent as Idempotency-Key, derived from the attempt. `about`: fills `{key}` or `{token}` in
 * the path.
 * `notAfter`: ms since the epoch, counted from before the item was read; a process that was frozen
 * past it sends nothing.
 */
export type Call = {
  system: Manifest;
  call: string;
  key: string;
  about?: string;
  body: unknown;
  notAfter: number;
};
/** A system's answer, whatever its status. `body` is parsed JSON, undefined if it was none. */
export type Reply = { status: number; body: unknown };
/**
 * Throws `Unreached` if there is no reliable answer: refused connection, time limit, redirect,
 * oversized or truncated answer, past `notAfter`.
 */
export type Outside = (call: Call) => Promise<Reply>;

const reasons = {
  'too-late': 'notAfter has passed, nothing was sent',
  'address-refused': 'the record of this system does not allow its address, nothing was sent',
  'no-secret': 'a secret of this system could not be read, nothing was sent',
  'no-connection': 'no connection could be made, nothing was sent',
  'host-key': 'another host key than the pinned one, or none is pinned, nothing was sent',
  'not-let-in': 'the login was refused, nothing was sent',
  connection: 'the connection was lost before an answer',
  'time-limit': 'no whole answer within the time limit',
  unavailable: 'it reports that it is unavailable (5xx or 429)',
  redirect: 'it answered with a redirect',
  'file-refused': 'it refused a file operation',
  'too-large': 'its answer is too large',
  'cut-off': 'the answer is cut off or malformed',
  'not-json': 'its yes is not JSON',
  'two-meanings': 'its yes is JSON with two meanings',
} as const;
export type UnreachedReason = keyof typeof reasons;

/**
 * An outage, never a refusal: whether the call took effect is unknown. Safe to log, since it
 * contains nothing that was sent or received.
 */
export class Unreached extends Error {
  override readonly name = 'Unreached';
  readonly reason: UnreachedReason;
  /** The system's Retry-After. */
  readonly retryAfterMs: number | undefined;

  constructor(
    reason: UnreachedReason,
    { retryAfterMs, ...options }: ErrorOptions & { retryAfterMs?: number | undefined } = {},
  ) {
    super(reasons[reason], options);
    this.reason = reason;
    this.retryAfterMs = retryAfterMs;
  }
}

/** True only if no byte of the request was sent. */
export const isUnsent = ({ reason }: Unreached): boolean => unsent.includes(reason);
const unsent: UnreachedReason[] = [
  'too-late',
  'address-refused',
  'no-secret',
  'no-connection',
  'host-key',
  'not-let-in',
];

/**
 * A reliable answer: JSON, or a refusal in any form. Anything else throws `Unreached`, so that an
 * outage is never taken for a refusal.
 */
export async function replyFrom(
  status: number,
  chunks: AsyncIterable<Uint8Array>,
  maxBytes: number,
  retryAfter?: string,
): Promise<Reply> {
  if (status >= 300 && status < 400) throw new Unreached('redirect');
  if (status >= 500 || status === 429)
    throw new Unreached('unavailable', { retryAfterMs: pauseOf(retryAfter) });
  const { body, reason } = parsed(await bytesOf(chunks, maxBytes));
  if (reason && status < 300) throw new Unreached(reason);
  return { status, body };
}

const longestPauseMs = 3_600_000;

/** Retry-After in seconds or as a date (RFC 9110, 10.2.3), capped at an hour. */
function pauseOf(retryAfter = ''): number | undefined {
  const ms = /^\d{1,9}$/.test(retryAfter.trim())
    ? Number(retryAfter) * 1000
    : Date.parse(retryAfter) - Date.now();
  return Number.isNaN(ms) ? undefined : Math.min(Math.max(0, ms), longestPauseMs);
}

async function bytesOf(chunks: AsyncIterable<Uint8Array>, maxBytes: number) {
  const read: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of chunks) {
      size += chunk.length;
      if (size > maxBytes) throw new Unreached('too-large');
      read.push(chunk);
    }
  } catch (cause) {
    throw cause instanceof Unreached ? cause : new Unreached('cut-off', { cause });
  }
  return Buffer.concat(read);
}

/**
 * The JSON of an answer. A number that a double cannot hold is read as its text, so that one in a
 * field of no interest does no harm, and one that counts is no number.
 */
function parsed(bytes: Uint8Array): { body?: unknown; reason?: 'not-json' | 'two-meanings' } {
  try {
    return {
      body: readJsonText(new TextDecoder('utf-8', { fatal: true }).decode(bytes), { inexact: 'text' }),
    };
  } catch (error) {
    // Dropped, since the pointer of a refusal quotes the answer.
    const isSyntax = !(error instanceof JsonRefused) || error.code === 'syntax';
    return { reason: isSyntax ? 'not-json' : 'two-meanings' };
  }
}
