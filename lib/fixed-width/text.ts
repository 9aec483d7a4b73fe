import type { Field } from '#systems/layout.ts';
import type { Charset } from './charset.ts';
import type { Codec } from './codec.ts';
import { type Fault, Malformed } from './malformed.ts';

/**
 * Text, padded on its right. A value that does not fit is refused: nothing is truncated, no
 * character replaced.
 */
export function text({ name, width, pad, optional }: Field, charset: Charset): Codec {
  const malformed = (code: Fault) => new Malformed(code, { field: name });
  const byteOf = (character: string) => {
    const byte = charset.byte(character);
    if (byte === undefined) throw malformed('character');
    return byte;
  };
  const filler = byteOf(pad);

  return {
    put(into, at, value) {
      if (value === undefined && optional) return void into.fill(filler, at, at + width);
      if (value === undefined || value === null) throw malformed('missing');
      if (typeof value !== 'string') throw malformed('type');
      if (value.length > width) throw malformed('overflow');
      if (value.endsWith(pad)) throw malformed('padding');
      for (let index = 0; index < width; index += 1)
        into[at + index] = index < value.length ? byteOf(value[index]!) : filler;
    },
    take(from, at) {
      let end = at + width;
      while (end > at && from[end - 1] === filler) end -= 1;
      let found = '';
      for (let index = at; index < end; index += 1) {
        const character = charset.character(from[index]!);
        if (character === undefined) throw malformed(charset.fault(from[index]!, 'character'));
        found += character;
      }
      return found;
    },
  };
}
