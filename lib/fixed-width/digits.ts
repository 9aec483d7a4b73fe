import type { Field } from '#systems/layout.ts';
import type { Charset } from './charset.ts';
import type { Codec, Value } from './codec.ts';
import { Malformed } from './malformed.ts';

/**
 * An unsigned whole number as text. Up to 15 digits decode as a number; a longer one, which no
 * number holds, as its digits.
 */
export function digits({ name, width }: Field, charset: Charset): Codec {
  return {
    put(into, at, value) {
      const written = textOf(name, value).padStart(width, '0');
      if (written.length > width) throw new Malformed('overflow', { field: name });
      for (let index = 0; index < width; index += 1) into[at + index] = charset.byte(written[index]!)!;
    },
    take(from, at): Value {
      let found = '';
      for (let index = at; index < at + width; index += 1) {
        const character = charset.character(from[index]!);
        if (character === undefined || character < '0' || character > '9')
          throw new Malformed(charset.fault(from[index]!, 'digit'), { field: name });
        found += character;
      }
      return width > 15 ? found : Number(found);
    },
  };
}

function textOf(field: string, value: unknown): string {
  if (value === undefined || value === null) throw new Malformed('missing', { field });
  if (typeof value === 'string' && /^\d+$/.test(value)) return value;
  if (!Number.isSafeInteger(value)) throw new Malformed('type', { field });
  if ((value as number) < 0) throw new Malformed('negative', { field });
  return String(value);
}
