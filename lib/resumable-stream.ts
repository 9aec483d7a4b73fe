import { setTimeout as pause } from 'node:timers/promises';

/** The rest of an object: its bytes, and a stream of them. `stop` closes its connection. */
export type Part = { bytes: number; body: AsyncIterable<Uint8Array>; stop: () => void };

const mostBreaks = 3;

/**
 * All bytes of an object, in order. A slow reader may find the connection closed or dead; the
 * stream then resumes behind the last byte, with another request. Three failures without a byte in
 * between throw.
 */
export async function* resumableStream(
  first: Part,
  from: (offset: number) => Promise<Part | undefined>,
  silentMs = 5_000,
): AsyncGenerator<Uint8Array> {
  let offset = 0;
  for (let part: Part | undefined = first, breaks = 0; ; part = await from(offset)) {
    let failure: unknown = new Error('The object ended before its last byte');
    try {
      for await (const piece of spoken(part, silentMs)) {
        offset += piece.byteLength;
        if (piece.byteLength > 0) breaks = 0;
        yield piece;
      }
    } catch (error) {
      failure = error;
    } finally {
      part?.stop();
    }
    if (offset >= first.bytes) return;
    breaks += 1;
    if (breaks >= mostBreaks) throw failure;
  }
}

/** The chunks of a part, until it falls silent. */
async function* spoken(part: Part | undefined, silentMs: number): AsyncGenerator<Uint8Array> {
  const pieces = part?.body[Symbol.asyncIterator]();
  for (;;) {
    const over = new AbortController();
    const next = pieces?.next();
    const silence = pause(silentMs, undefined, { signal: over.signal, ref: false }).then(
      () => Promise.reject(new Error('The object sent no byte for too long')),
      () => undefined,
    );
    const piece = await Promise.race([next, silence]).finally(() => over.abort());
    if (!piece || piece.done) return;
    yield piece.value;
  }
}
