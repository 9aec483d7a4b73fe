import type { APIGatewayProxyEvent } from 'aws-lambda';
import fc from 'fast-check';
import { fileText } from '#lib/file-text.ts';
import { keyOf } from '#lib/http/idempotency-key.ts';
import { Problem } from '#lib/problem.ts';
import { cleaned, cleanedLines, escapedJson, text } from '#lib/text.ts';
import { hasHalf } from './json-model.ts';
import { type Checks, looking } from './look.ts';

const steers = (code: number) =>
  code < 32 ||
  (code >= 127 && code < 160) ||
  (code >= 0x2028 && code <= 0x202e) ||
  (code >= 0x2066 && code <= 0x2069);
const hasSteering = (line: string, allowed = '') =>
  [...line].some((c) => steers(c.codePointAt(0) ?? 0) && !allowed.includes(c));
const units = fc.oneof(
  { weight: 10, arbitrary: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 }) },
  { weight: 1, arbitrary: fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      '\u001b[2J',
      '\u009b',
      '\u202e',
      '\u2066',
      '\ud83d',
      '\n',
      '\t',
      ' ',
      '\u007f',
    ),
  },
);
const anyText = fc.array(units, { maxLength: 12 }).map((all) => all.join(''));

const freeText = fc.property(anyText, fc.integer({ min: 1, max: 24 }), (given, most) => {
  const trimmed = given.trim();
  const bytes = [...trimmed].reduce((sum, c) => {
    const code = c.codePointAt(0) ?? 0;
    return sum + (code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4);
  }, 0);
  const good = trimmed !== '' && !hasHalf(trimmed) && !hasSteering(trimmed) && bytes <= most;
  const read = text(most).safeParse(given);
  return read.success === good && (!read.success || read.data === trimmed);
});

const shown = fc.property(anyText, (given) => {
  const json = escapedJson(JSON.stringify({ given }, null, 2));
  return (
    !hasSteering(cleaned(given)) &&
    !hasHalf(cleaned(given)) &&
    !hasSteering(cleanedLines(given), '\n\t') &&
    !hasSteering(json, '\n') &&
    JSON.parse(json).given === given &&
    (hasSteering(given) || hasHalf(given) || cleaned(given) === given)
  );
});

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

const bareKeys = ['abc123', 'undefined', 'null', 'NaN', '[object Object]', 'order 7', 'nullable', '0'];
const nil = '00000000-0000-0000-0000-000000000000';
const meaningless = [...bareKeys.slice(1, 5), nil, nil.replaceAll('-', ''), `{${nil}}`, `urn:uuid:${nil}`];
const keyLines = fc.array(
  fc.record({
    key: fc.constantFrom(...bareKeys, ...meaningless),
    spelling: fc.constantFrom('bare', 'quoted', 'padded'),
  }),
  { minLength: 1, maxLength: 3 },
);
const keys = fc.property(keyLines, (sent) => {
  const spelled = sent.map(({ key, spelling }) =>
    spelling === 'quoted' ? `"${key}"` : spelling === 'padded' ? `  ${key} ` : key,
  );
  const names = new Set(sent.map(({ key }) => key));
  const good = names.size === 1 && !meaningless.includes(sent[0]?.key ?? '');
  const event = {
    headers: { 'idempotency-key': spelled.at(-1) },
    multiValueHeaders: { 'idempotency-key': spelled },
  };
  try {
    return keyOf(event as unknown as APIGatewayProxyEvent) === sent[0]?.key && good;
  } catch (error) {
    return error instanceof Problem && error.code === 'idempotency-key-invalid' && !good;
  }
});

export const textChecks: Checks = {
  'free text is one line of Unicode without controls, by its bytes': looking(freeText),
  'nothing that is shown steers the terminal, and JSON stays what it was': looking(shown),
  'a file in UTF-8 is its text, or is refused at its first bad byte': looking(utf8Files),
  'a file in UTF-16 is its text, or is refused at its first bad byte': looking(utf16Files),
  'an Idempotency-Key is one key that was made for its request': looking(keys),
};
