import type { Field } from '#systems/layout.ts';
import type { Codec } from './codec.ts';
import { Malformed } from './malformed.ts';
import { scaled, unscaled } from './number.ts';

const positive = 0xc;
const negative = 0xd;
const unsigned = 0xf;

/**
 * Packed decimal (COMP-3): two digits a byte, the last half byte is the sign: C or D, or F for
 * none. It is the same in every encoding.
 */
export function packed(field: Field): Codec {
  const { name, width, signed } = field;
  const digitsHeld = 2 * width - 1;
  const digitOf = (nibble: number) => {
    if (nibble > 9) throw new Malformed('digit', { field: name });
    return nibble;
  };
  const isSign = (nibble: number) =>
    signed ? nibble === positive || nibble === negative : nibble === unsigned;

  return {
    put(into, at, value) {
      const number = scaled(field, digitsHeld, value);
      const sign = !signed ? unsigned : number.negative ? negative : positive;
      for (let index = 0; index < width; index += 1) {
        const high = number.digits.charCodeAt(2 * index) - 48;
        const low = index === width - 1 ? sign : number.digits.charCodeAt(2 * index + 1) - 48;
        into[at + index] = (high << 4) | low;
      }
    },
    take(from, at) {
      let whole = 0;
      for (let index = at; index < at + width - 1; index += 1)
        whole = whole * 100 + digitOf(from[index]! >> 4) * 10 + digitOf(from[index]! & 0xf);
      const last = from[at + width - 1]!;
      whole = whole * 10 + digitOf(last >> 4);
      if (!isSign(last & 0xf)) throw new Malformed('sign', { field: name });
      return unscaled(field, whole, (last & 0xf) === negative);
    },
  };
}
