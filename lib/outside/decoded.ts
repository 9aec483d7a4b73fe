import type { Transform } from 'node:stream';
import { Unreached } from './outside.ts';

type Bytes = AsyncIterable<Uint8Array>;
type Zlib = typeof import('node:zlib');

/** Each coding's decoder (RFC 9110, 8.4.1). Some servers send deflate without its zlib header. */
const decoders: Record<string, (zlib: Zlib, begin: Uint8Array) => Transform> = {
  gzip: (zlib) => zlib.createGunzip(),
  'x-gzip': (zlib) => zlib.createGunzip(),
  deflate: (zlib, begin) => (hasZlibHeader(begin) ? zlib.createInflate() : zlib.createInflateRaw()),
  br: (zlib) => zlib.createBrotliDecompress(),
};
const mostCodings = 3;

/** RFC 1950, 2.2: the method is 8, and both bytes together are a multiple of 31. */
const hasZlibHeader = ([first = 0, second = 0]: Uint8Array): boolean =>
  (first & 0x0f) === 8 && (first * 256 + second) % 31 === 0;

/**
 * An answer's bytes without its content codings, of which none was asked for. `maxBytes` limits
 * what arrives and what comes out of each decoder, so that a small answer never becomes a large one.
 * Throws `Unreached` for an unknown coding.
 */
export function decoded(chunks: Bytes, contentEncoding: string | undefined, maxBytes: number): Bytes {
  const codings = (contentEncoding ?? '')
    .split(',')
    .map((coding) => coding.trim().toLowerCase())
    .filter((coding) => coding !== '' && coding !== 'identity');
  if (codings.length > mostCodings || codings.some((coding) => !Object.hasOwn(decoders, coding)))
    throw new Unreached('encoding');
  return codings.reduceRight(
    (bytes, coding) => limited(through(bytes, coding), maxBytes),
    limited(chunks, maxBytes),
  );
}

async function* limited(chunks: Bytes, maxBytes: number): AsyncGenerator<Uint8Array> {
  let size = 0;
  for await (const chunk of chunks) {
    size += chunk.length;
    if (size > maxBytes) throw new Unreached('too-large');
    yield chunk;
  }
}

/** Nothing at all is no compressed stream, and stays nothing. */
async function* through(chunks: Bytes, coding: string): AsyncGenerator<Uint8Array> {
  const source = chunks[Symbol.asyncIterator]() as AsyncGenerator<Uint8Array>;
  let begin = Buffer.alloc(0);
  for (let next = await source.next(); !next.done; next = await source.next()) {
    begin = Buffer.concat([begin, next.value]);
    if (begin.length >= 2) break;
  }
  if (begin.length === 0) return;
  async function* all() {
    yield begin;
    yield* source;
  }
  // Loaded on demand: hardly any answer is compressed.
  const [zlib, { pipeline }] = await Promise.all([import('node:zlib'), import('node:stream')]);
  const decoder = decoders[coding]!(zlib, begin);
  pipeline(all(), decoder, () => {}); // an error reaches the reader of the decoder
  yield* decoder;
}
