import { decoded } from './decoded.ts';
import { type Reply, Unreached } from './outside.ts';
import { pauseOf } from './retry-after.ts';

/** Retry-After and Content-Encoding of an answer, and the time (ms) at which it came. */
export type Framing = { retryAfter?: string | undefined; encoding?: string | undefined; now?: number };

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
  if (status >= 500 || status === 429)
    throw new Unreached('unavailable', { retryAfterMs: pauseOf(retryAfter, now) });
  const body = parsed(await bytesOf(chunks, encoding, maxBytes));
  if (body === undefined && status < 300) throw new Unreached('not-json');
  return { status, body };
}

async function bytesOf(chunks: AsyncIterable<Uint8Array>, encoding: string | undefined, maxBytes: number) {
  try {
    return Buffer.concat(await Array.fromAsync(decoded(chunks, encoding, maxBytes)));
  } catch (cause) {
    throw cause instanceof Unreached ? cause : new Unreached('cut-off', { cause });
  }
}

function parsed(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return undefined; // a SyntaxError quotes the answer, so it is dropped
  }
}
