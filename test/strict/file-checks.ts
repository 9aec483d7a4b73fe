import fc from 'fast-check';
import { fileText } from '#lib/file-text.ts';
import { hasHalf } from './json-writer.ts';
import { type Checks, looking } from './look.ts';
import { anyText } from './text-checks.ts';

/** The first byte that begins no character, by the table of well-formed sequences (Unicode, table 3-7). */
function badByte(bytes: Uint8Array): number | undefined {
  const within = (byte: number | undefined, low: number, high: number) =>
    byte !== undefined && byte >= low && byte <= high;
  for (let at = 0; at < bytes.length; ) {
    const lead = bytes[at] as number;
    const second: [number, number] =
      lead === 0xe0
        ? [0xa0, 0xbf]
        : lead === 0xed
          ? [0x80, 0x9f]
          : lead === 0xf0
            ? [0x90, 0xbf]
            : lead === 0xf4
              ? [0x80, 0x8f]
              : [0x80, 0xbf];
    const more =
      lead < 0x80
        ? 0
        : within(lead, 0xc2, 0xdf)
          ? 1
          : within(lead, 0xe0, 0xef)
            ? 2
            : within(lead, 0xf0, 0xf4)
              ? 3
              : -1;
    if (more < 0 || (more > 0 && !within(bytes[at + 1], ...second))) return at;
    for (let next = 2; next <= more; next++) if (!within(bytes[at + next], 0x80, 0xbf)) return at;
    at += more + 1;
  }
  return undefined;
}

const reads = (bytes: Uint8Array): { text: string } | { told: string } => {
  try {
    return { text: fileText(bytes, 'slots.csv') };
  } catch (error) {
    return { told: (error as Error).message };
  }
};

const anyBytes = fc.oneof(
  fc.uint8Array({ maxLength: 12 }),
  fc.string({ unit: 'grapheme', maxLength: 8 }).map((given) => new TextEncoder().encode(given)),
  fc
    .tuple(fc.string({ unit: 'grapheme', maxLength: 8 }), fc.nat(), fc.nat({ max: 255 }))
    .map(([given, place, byte]) => {
      const bytes = new TextEncoder().encode(given);
      if (bytes.length > 0) bytes[place % bytes.length] = byte;
      return bytes;
    }),
);
const utf8Files = fc.property(anyBytes, fc.boolean(), (content, marked) => {
  const is16 =
    !marked && ((content[0] === 0xff && content[1] === 0xfe) || (content[0] === 0xfe && content[1] === 0xff));
  if (is16) return true;
  const isMarked = !marked && content[0] === 0xef && content[1] === 0xbb && content[2] === 0xbf;
  const bare = isMarked ? content.subarray(3) : content;
  const bytes = marked || isMarked ? Uint8Array.of(0xef, 0xbb, 0xbf, ...bare) : bare;
  const bad = badByte(bare);
  const read = reads(bytes);
  if (bad === undefined)
    return 'text' in read && read.text === new TextDecoder('utf-8', { ignoreBOM: true }).decode(bare);
  return (
    'told' in read &&
    read.told.startsWith(`slots.csv is not UTF-8: byte ${bad + bytes.length - bare.length} `)
  );
});

const utf16Files = fc.property(anyText, fc.boolean(), fc.boolean(), (given, big, odd) => {
  const all = Array.from({ length: given.length }, (_, at) => given.charCodeAt(at));
  const bytes = [0xfeff, ...all].flatMap((unit) =>
    big ? [unit >> 8, unit & 0xff] : [unit & 0xff, unit >> 8],
  );
  const read = reads(Uint8Array.from(odd ? [...bytes, 0x41] : bytes));
  if (!odd && !hasHalf(given)) return 'text' in read && read.text === given;
  const at = hasHalf(given) && !odd ? firstHalf(given) : all.length;
  return 'told' in read && read.told.includes(`UTF-16${big ? 'BE' : 'LE'}: byte ${2 + 2 * at} `);
});

const firstHalf = (given: string): number => {
  for (let at = 0; at < given.length; at++) {
    const kind = given.charCodeAt(at) >> 10;
    if (kind === 0x36 && given.charCodeAt(at + 1) >> 10 === 0x37) at += 1;
    else if (kind === 0x36 || kind === 0x37) return at;
  }
  return -1;
};

export const fileChecks: Checks = {
  'a file in UTF-8 is its text, or is refused at its first bad byte': looking(utf8Files),
  'a file in UTF-16 is its text, or is refused at its first bad byte': looking(utf16Files),
};
