import type { Hash } from 'node:crypto';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { itemIn, Unreadable, unreadable } from './item-line.ts';

export { Unreadable };

type Bytes = AsyncIterable<Uint8Array>;

/**
 * Whether the stream starts like gzip, which no JSON does; with all of its bytes, the inspected
 * ones too.
 */
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

/**
 * Unpacks gzip. A stream that is no gzip, or is truncated, is `Unreadable`; any other error is
 * thrown as it is.
 */
export async function* unzipped(bytes: Bytes): AsyncGenerator<Uint8Array> {
  const gunzip = createGunzip();
  // The reader gets the failure through `gunzip`; here it would be reported twice.
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

/** Passes the bytes on, and feeds them to the hash first. */
export async function* hashed(bytes: AsyncIterable<Uint8Array>, hash: Hash): AsyncGenerator<Uint8Array> {
  for await (const piece of bytes) {
    hash.update(piece);
    yield piece;
  }
}

export const mostLineBytes = 65_536;
/** Most unpacked bytes of a batch: what can be read while a caller waits. */
export const mostBytes = 268_435_456;

const [newline, byteOrderMark] = [0x0a, Buffer.of(0xef, 0xbb, 0xbf)];

/** `spend` counts the unpacked bytes read. */
type Reading = { gzip: boolean; from?: number; spend?: ((bytes: number) => void) | undefined };

/**
 * Items of a batch as NDJSON in UTF-8, `gzip` or not, skipping the first `from`; a byte order mark
 * and an empty last line are skipped. Throws `Unreadable` with the line for anything else, and
 * stops at `mostBytes`.
 */
export async function* readItems(bytes: Bytes, { gzip, from = 0, spend }: Reading): AsyncGenerator<unknown> {
  let index = 0;
  let empty = false;
  for await (const line of linesOf(counted(gzip ? unzipped(bytes) : bytes, spend))) {
    if (empty) throw unreadable(index, 'is empty');
    empty = isEmpty(line);
    if (empty) continue;
    if (index >= from) yield itemIn(line, index);
    index += 1;
  }
}

async function* counted(bytes: Bytes, spend?: (bytes: number) => void): AsyncGenerator<Uint8Array> {
  let total = 0;
  for await (const piece of bytes) {
    total += piece.byteLength;
    spend?.(piece.byteLength);
    if (total > mostBytes) throw new Unreadable(`More than ${mostBytes} bytes, unpacked.`);
    yield piece;
  }
}

async function* linesOf(bytes: Bytes): AsyncGenerator<Buffer> {
  let rest: Buffer = Buffer.alloc(0);
  let index = 0;
  const checked = (line: Buffer) => {
    if (line.length > mostLineBytes) throw unreadable(index, `has more than ${mostLineBytes} bytes`);
    index += 1;
    return index === 1 && line.subarray(0, 3).equals(byteOrderMark) ? line.subarray(3) : line;
  };
  for await (const piece of bytes) {
    const buffer =
      rest.length > 0
        ? Buffer.concat([rest, piece])
        : Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength);
    let begin = 0;
    for (let end = buffer.indexOf(newline); end >= 0; end = buffer.indexOf(newline, begin)) {
      yield checked(buffer.subarray(begin, end));
      begin = end + 1;
    }
    rest = buffer.subarray(begin);
    if (rest.length > mostLineBytes) checked(rest);
  }
  if (rest.length > 0) yield checked(rest);
}

const isEmpty = (line: Buffer): boolean =>
  line.length === 0 || (line.length < 100 && line.toString('latin1').trim() === '');
