import { type Kind, kinds, type Layout } from '#systems/layout.ts';
import { charsets } from './charset.ts';
import type { Value } from './codec.ts';
import { lengthOf, placed } from './encode.ts';
import { Malformed } from './malformed.ts';

/** A record's values by field name. */
export type Decoded = Record<string, Value>;
/** Decodes the records of one layout. `number`: the record's place in its file, from 1. */
export type Decoder = Record<Kind, (bytes: Uint8Array, number?: number) => Decoded> & {
  length: number;
  /** The kind that the record's first field claims. */
  kind: (bytes: Uint8Array, number?: number) => Kind;
};

export function decoder(layout: Layout): Decoder {
  const length = lengthOf(layout);
  const whole = (bytes: Uint8Array, record: number | undefined) => {
    if (bytes.length !== length) throw new Malformed(bytes.length < length ? 'short' : 'long', { record });
  };
  const kind = kindOf(layout);
  const reader = (due: Kind) => {
    const read = readerOf(layout, due, length);
    return (bytes: Uint8Array, record?: number) => {
      whole(bytes, record);
      if (kind(bytes, record) !== due) throw new Malformed('record-type', { field: 'type', record });
      try {
        return read(bytes);
      } catch (error) {
        if (!(error instanceof Malformed)) throw error;
        throw new Malformed(error.code, { field: error.field, record, cause: error });
      }
    };
  };
  return { length, kind, header: reader('header'), record: reader('record'), trailer: reader('trailer') };
}

function readerOf(layout: Layout, kind: Kind, length: number) {
  const { fields, blank } = placed(layout, kind);
  // A constant is compared in decoded form, because a number field reads 007 as 7.
  const due = new Map(
    fields.filter(({ value }) => value !== undefined).map(({ name, take, at }) => [name, take(blank, at)]),
  );
  return (bytes: Uint8Array): Decoded => {
    if (layout.newline && bytes[length - 1] !== charsets[layout.encoding].newline)
      throw new Malformed('newline');
    const decoded: Decoded = {};
    for (const { name, take, at } of fields) {
      const found = take(bytes, at);
      if (due.has(name) && due.get(name) !== found) throw new Malformed('constant', { field: name });
      decoded[name] = found;
    }
    return decoded;
  };
}

/** The kind by the first field. A constant in the other encoding has a fault of its own. */
function kindOf({ encoding, ...layout }: Layout) {
  const width = layout.record[0]!.width;
  const wordsIn = (encoding: Layout['encoding']) =>
    kinds.map((kind) => ({
      kind,
      word: Buffer.from(placed({ encoding, ...layout }, kind).blank.subarray(0, width)),
    }));
  const ours = wordsIn(encoding);
  const theirs = wordsIn(encoding === 'ascii' ? 'cp037' : 'ascii');
  const found = (words: typeof ours, bytes: Uint8Array) =>
    words.find(({ word }) => word.equals(bytes.subarray(0, width)))?.kind;
  return (bytes: Uint8Array, record?: number): Kind => {
    const kind = found(ours, bytes);
    if (!kind)
      throw new Malformed(found(theirs, bytes) ? 'encoding' : 'record-type', { field: 'type', record });
    return kind;
  };
}
