import { valueAt } from '#lib/value-at.ts';
import type { Field, Kind, Layout } from '#systems/layout.ts';
import { charsets } from './charset.ts';
import { codecOf } from './codec.ts';

/** Encodes records of one layout. `length`: a record's length in bytes with its newline. */
export type Encoder = Record<Kind, (document: unknown) => Uint8Array> & { length: number };

export function encoder(layout: Layout): Encoder {
  const writer = (kind: Kind) => {
    const { fields, blank } = placed(layout, kind);
    const varying = fields.filter(({ value }) => value === undefined);
    return (document: unknown) => {
      const record = blank.slice();
      for (const { put, at, path } of varying) put(record, at, valueAt(document, path));
      return record;
    };
  };
  return {
    length: lengthOf(layout),
    header: writer('header'),
    record: writer('record'),
    trailer: writer('trailer'),
  };
}

export const lengthOf = ({ record, newline }: Layout): number =>
  record.reduce((sum, { width }) => sum + width, newline ? 1 : 0);

/** The fields with their offsets from 0, and a template record that holds the constants. */
export function placed(layout: Layout, kind: Kind) {
  const charset = charsets[layout.encoding];
  const blank = new Uint8Array(lengthOf(layout));
  let end = 0;
  const fields = layout[kind].map((field: Field) => {
    const at = end;
    end += field.width;
    const codec = codecOf(field, charset);
    if (field.value !== undefined) codec.put(blank, at, field.value);
    return { ...codec, name: field.name, at, value: field.value, path: field.from?.slice(1, -1) ?? '' };
  });
  if (layout.newline) blank[end] = charset.newline;
  return { fields, blank };
}
