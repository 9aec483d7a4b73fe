import { JsonRefused } from '#lib/json/json-refused.ts';
import { readJson } from '#lib/json/read-json.ts';
import { decoded } from './decoded.ts';
import { type Reply, Unreached } from './outside.ts';
import { pauseOf } from './retry-after.ts';

/** Retry-After and Content-Encoding of an answer, and the time (ms) at which it came. */
export type Framing = { retryAfter?: string | undefined; encoding?: string | undefined; now?: number };

/** Whether a status says that the system is not available. */
export const isAway = (status: number): boolean => status >= 500 || status === 429;

/** The outage of an answer that says so, with the pause that it asks for. */
export const unavailable = (
  { retryAfter, now = Date.now() }: Pick<Framing, 'retryAfter' | 'now'>,
  reply?: Reply,
): Unreached => new Unreached('unavailable', { retryAfterMs: pauseOf(retryAfter, now), reply });

/**
 * A reliable answer: JSON, or a refusal in any form. Anything else throws `Unreached`, so that an
 * outage is never taken for a refusal.
 */
export async function replyFrom(
  status: number,
  chunks: AsyncIterable<Uint8Array>,
  maxBytes: number,
  { retryAfter, encoding, now = Date.now() }: Framing = {},
): Promise<Reply> {
  if (status >= 300 && status < 400) throw new Unreached('redirect');
  const read = bytesOf(chunks, encoding, maxBytes);
  if (isAway(status)) {
    const { body } = parsed(await read.catch(() => new Uint8Array()));
    throw unavailable({ retryAfter, now }, body === undefined ? undefined : { status, body });
  }
  const { body, reason } = parsed(await read);
  if (reason && status < 300) throw new Unreached(reason);
  return { status, body };
}

async function bytesOf(chunks: AsyncIterable<Uint8Array>, encoding: string | undefined, maxBytes: number) {
  try {
    return Buffer.concat(await Array.fromAsync(decoded(chunks, encoding, maxBytes)));
  } catch (cause) {
    throw cause instanceof Unreached ? cause : new Unreached('cut-off', { cause });
  }
}

/**
 * The JSON of an answer. A number that a double cannot hold is read as its text, so that one in a
 * field of no interest does no harm, and one that counts is no number.
 */
function parsed(bytes: Uint8Array): { body?: unknown; reason?: 'not-json' | 'two-meanings' } {
  try {
    return { body: readJson(new TextDecoder('utf-8', { fatal: true }).decode(bytes), { inexact: 'text' }) };
  } catch (error) {
    // Dropped, since the pointer of a refusal quotes the answer.
    const isSyntax = !(error instanceof JsonRefused) || error.code === 'syntax';
    return { reason: isSyntax ? 'not-json' : 'two-meanings' };
  }
}
