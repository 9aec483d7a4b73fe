import type { Field } from '#systems/layout.ts';
import type { Charset } from './charset.ts';
import type { Codec } from './codec.ts';
import { type Fault, Malformed } from './malformed.ts';
import { scaled, unscaled } from './number.ts';

const plain = '0123456789';
/**
 * The last digit with its sign overpunched: zones C and D of EBCDIC are these characters, and
 * ASCII files carry the characters.
 */
const plus = '{ABCDEFGHI';
const minus = '}JKLMNOPQR';

/**
 * Zoned decimal: a byte per digit, the sign over the last one. Without a sign the last is a plain
 * digit (zone F).
 */
export function zoned(field: Field, charset: Charset): Codec {
  const { name, width, signed } = field;
  const fail = (byte: number, otherwise: Fault) =>
    new Malformed(charset.fault(byte, otherwise), { field: name });
  const digitOf = (byte: number, signs: string) => {
    const character = charset.character(byte);
    return character === undefined ? -1 : signs.indexOf(character);
  };
  const lastOf = (byte: number) => {
    if (!signed) return { digit: digitOf(byte, plain), negative: false };
    const digit = digitOf(byte, plus);
    return digit >= 0 ? { digit, negative: false } : { digit: digitOf(byte, minus), negative: true };
  };

  return {
    put(into, at, value) {
      const { digits, negative } = scaled(field, width, value);
      for (let index = 0; index < width; index += 1) into[at + index] = charset.byte(digits[index]!)!;
      if (signed) into[at + width - 1] = charset.byte((negative ? minus : plus)[Number(digits.at(-1))]!)!;
    },
    take(from, at) {
      let whole = 0;
      for (let index = at; index < at + width - 1; index += 1) {
        const digit = digitOf(from[index]!, plain);
        if (digit < 0) throw fail(from[index]!, 'digit');
        whole = whole * 10 + digit;
      }
      const byte = from[at + width - 1]!;
      const last = lastOf(byte);
      if (last.digit < 0)
        throw [plain, plus, minus].some((all) => digitOf(byte, all) >= 0)
          ? new Malformed('sign', { field: name })
          : fail(byte, 'digit');
      return unscaled(field, whole * 10 + last.digit, last.negative);
    },
  };
}
