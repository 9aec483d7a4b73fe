import type { Layout } from '#systems/layout.ts';
import { ebcdicCharacters } from './ebcdic.ts';
import type { Fault } from './malformed.ts';

/**
 * Maps bytes to characters and back; undefined for a byte or character without a counterpart.
 * Control characters are in neither map.
 */
export type Charset = {
  character: (byte: number) => string | undefined;
  byte: (character: string) => number | undefined;
  newline: number;
  /** The fault of this byte: `otherwise`, or a character of the other encoding. */
  fault: (byte: number, otherwise: Fault) => Fault;
};

const printable = (character: string) => character >= ' ' && !(character >= '\x7f' && character < '\xa0');
const asciiCharacters = Array.from({ length: 127 }, (_, code) => String.fromCharCode(code));

function charset(characters: readonly string[], others: readonly string[], newline: number): Charset {
  const meant = Array.from({ length: 256 }, (_, byte) => characters[byte]).map((each) =>
    each && printable(each) ? each : undefined,
  );
  const places = new Map(
    meant.flatMap((character, byte) => (character === undefined ? [] : [[character, byte] as const])),
  );
  return {
    character: (byte) => meant[byte],
    byte: (character) => places.get(character),
    newline,
    fault: (byte, otherwise) => (/^[A-Za-z0-9 ]$/.test(others[byte] ?? '') ? 'encoding' : otherwise),
  };
}

export const charsets: Record<Layout['encoding'], Charset> = {
  cp037: charset(ebcdicCharacters, asciiCharacters, 0x15),
  ascii: charset(asciiCharacters, ebcdicCharacters, 0x0a),
};
