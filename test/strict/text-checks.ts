import type { APIGatewayProxyEvent } from 'aws-lambda';
import fc from 'fast-check';
import { keyOf } from '#lib/http/idempotency-key.ts';
import { Problem } from '#lib/problem.ts';
import { cleaned, cleanedLines, escapedJson, text } from '#lib/text.ts';
import { hasHalf } from './json-writer.ts';
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
export const anyText = fc.array(units, { maxLength: 12 }).map((all) => all.join(''));

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
  'an Idempotency-Key is one key that was made for its request': looking(keys),
};
