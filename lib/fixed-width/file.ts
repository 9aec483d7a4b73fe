import type { Layout } from '#systems/layout.ts';
import type { Totals } from '#systems/protocol.ts';
import { type Decoded, type Decoder, decoder } from './decode.ts';
import { Malformed } from './malformed.ts';

export type DecodedFile = { header: Decoded; totals: Totals };

/**
 * Decodes a whole file as a stream, one record in memory at a time. It resolves only for a
 * complete file: one header, records that match the trailer's count and sum, one trailer at the
 * very end. A caller that acts on `onRecord` earlier acts on half a file.
 */
export async function decodeFile(
  layout: Layout,
  chunks: AsyncIterable<Uint8Array>,
  onRecord: (record: Decoded, index: number) => void,
): Promise<DecodedFile> {
  const records = decoder(layout);
  const reading = readingOf(records, onRecord);
  const rest = new Uint8Array(records.length);
  let held = 0;
  for await (const chunk of chunks) {
    let at = 0;
    if (held > 0) {
      at = Math.min(records.length - held, chunk.length);
      rest.set(chunk.subarray(0, at), held);
      held += at;
      if (held < records.length) continue;
      reading.take(rest);
    }
    for (; at + records.length <= chunk.length; at += records.length)
      reading.take(chunk.subarray(at, at + records.length));
    held = chunk.length - at;
    rest.set(chunk.subarray(at));
  }
  return reading.end(held);
}

function readingOf(records: Decoder, onRecord: (record: Decoded, index: number) => void) {
  const totals = { count: 0, amount_minor: 0 };
  let number = 0;
  let header: Decoded | undefined;
  let trailer: Decoded | undefined;
  const fail = (code: Malformed['code'], field?: string) =>
    new Malformed(code, { field, record: number || undefined });

  const take = (bytes: Uint8Array) => {
    number += 1;
    if (trailer) throw fail(isTrailer(records, bytes) ? 'second-trailer' : 'behind-trailer');
    const kind = records.kind(bytes, number);
    if (!header && kind !== 'header') throw fail('no-header');
    if (header && kind === 'header') throw fail('second-header');
    const decoded = records[kind](bytes, number);
    if (kind === 'header') header = decoded;
    else if (kind === 'trailer') trailer = decoded;
    else {
      onRecord(decoded, totals.count);
      totals.count += 1;
      totals.amount_minor += decoded.amount_minor as number;
      // Past this point the sum is no longer exact.
      if (!Number.isSafeInteger(totals.amount_minor)) throw fail('sum', 'amount_minor');
    }
  };

  const end = (left: number): DecodedFile => {
    number += left > 0 ? 1 : 0;
    if (trailer && left > 0) throw fail('behind-trailer');
    if (left > 0) throw fail('short');
    if (!header) throw fail('no-header');
    if (!trailer) throw fail('no-trailer');
    if (Number(trailer.count) !== totals.count) throw fail('count', 'count');
    if (trailer.amount_minor !== totals.amount_minor) throw fail('sum', 'amount_minor');
    return { header, totals };
  };
  return { take, end };
}

function isTrailer(records: Decoder, bytes: Uint8Array) {
  try {
    return records.kind(bytes) === 'trailer';
  } catch {
    return false; // data behind the trailer
  }
}
