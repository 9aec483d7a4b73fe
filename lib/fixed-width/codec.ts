import type { Field } from '#systems/layout.ts';
import type { Charset } from './charset.ts';
import { digits } from './digits.ts';
import { packed } from './packed.ts';
import { text } from './text.ts';
import { zoned } from './zoned.ts';

/** A value as it is in a document: text, or a number that is exact. */
export type Value = string | number;
/** One field both ways. `put` writes a value into a record at a place, `take` reads it from there; both throw `Malformed` where it does not fit. */
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
