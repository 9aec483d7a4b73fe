import type { Field } from '#systems/layout.ts';
import type { Charset } from './charset.ts';
import { digits } from './digits.ts';
import { packed } from './packed.ts';
import { text } from './text.ts';
import { zoned } from './zoned.ts';

/** A document's value: text, or an exact number. */
export type Value = string | number;
/**
 * Encodes and decodes one field. `put` writes a value into a record at a place, `take` reads it
 * from there; both throw `Malformed` if it does not fit.
 */
export type Codec = {
  put: (into: Uint8Array, at: number, value: unknown) => void;
  take: (from: Uint8Array, at: number) => Value;
};

const codecs: Record<Field['as'], (field: Field, charset: Charset) => Codec> = {
  text,
  digits,
  zoned,
  packed,
};

export const codecOf = (field: Field, charset: Charset): Codec => codecs[field.as](field, charset);
