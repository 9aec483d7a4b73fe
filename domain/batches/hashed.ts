import type { Hash } from 'node:crypto';

/** The same bytes, each of which has gone into the hash before it goes on. */
export async function* hashed(bytes: AsyncIterable<Uint8Array>, hash: Hash): AsyncGenerator<Uint8Array> {
  for await (const piece of bytes) {
    hash.update(piece);
    yield piece;
  }
}
