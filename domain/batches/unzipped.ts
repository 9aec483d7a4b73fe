import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { Unreadable } from './unreadable.ts';

type Bytes = AsyncIterable<Uint8Array>;

/** Whether it begins as gzip does, and as no JSON can; and all of its bytes, those that were looked at too. */
export async function begun(bytes: Bytes): Promise<{ gzip: boolean; bytes: Bytes }> {
  const pieces = bytes[Symbol.asyncIterator]();
  let head: Uint8Array = Buffer.alloc(0);
  while (head.length < 2) {
    const { value, done } = await pieces.next();
    if (done) break;
    head = head.length === 0 ? value : Buffer.concat([head, value]);
  }
  return { gzip: head[0] === 0x1f && head[1] === 0x8b, bytes: both(head, pieces) };
}

async function* both(head: Uint8Array, pieces: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    if (head.length > 0) yield head;
    for (let next = await pieces.next(); !next.done; next = await pieces.next()) yield next.value;
  } finally {
    await pieces.return?.();
  }
}

/** What gzip has made small. What is no gzip, or not the whole of it, is unreadable; whatever else fails on the way is thrown as it is. */
export async function* unzipped(bytes: Bytes): AsyncGenerator<Uint8Array> {
  const gunzip = createGunzip();
  // A failure reaches the reader through the stream; here it would only be told twice.
  const fed = pipeline(bytes, gunzip).catch(() => {});
  try {
    yield* gunzip;
  } catch (error) {
    if (String((error as NodeJS.ErrnoException).code).startsWith('Z_'))
      throw new Unreadable('Its gzip is broken, or ends too early.');
    throw error;
  } finally {
    gunzip.destroy();
    await fed;
  }
}
