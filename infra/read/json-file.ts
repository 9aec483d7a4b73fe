import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { JsonRefused, pointerTo } from '#lib/json/json-refused.ts';
import { readJson } from '#lib/json/read-json.ts';
import { placesIn } from './json-places.ts';

/**
 * A file of JSON that people write. `findings`: what is wrong with the JSON itself, a line each;
 * `value` is undefined if nothing could be read. `tell` names file, line and JSON pointer.
 */
export type JsonFile = {
  value: unknown;
  findings: string[];
  tell: (path: readonly PropertyKey[], message: string) => string;
};

const mark = Buffer.from([0xef, 0xbb, 0xbf]);

/**
 * Reads a file that must have one meaning: a byte order mark, bytes that are not UTF-8, a name twice
 * in an object and a number that cannot be kept are findings, and all names that are there twice.
 */
export function readJsonFile(root: string, file: string): JsonFile {
  const bytes = readFileSync(join(root, file));
  const hasMark = bytes.subarray(0, 3).equals(mark);
  const rest = hasMark ? bytes.subarray(3) : bytes;
  const refused = refusalOf(rest);
  const at = (line: number, pointer: string, message: string) =>
    `${file}:${line}: ${pointer && `${pointer}: `}${message}`;
  const marked = hasMark ? [at(1, '', 'begins with a byte order mark; save it without one')] : [];
  const value = refused?.code === 'not-utf8' ? undefined : parsed(rest.toString());
  if (value === undefined && refused)
    return {
      value,
      findings: [...marked, at(refused.line, refused.pointer, refused.detail)],
      tell: (path, message) => at(1, pointerTo(path), message),
    };
  const { lines, twice } = placesIn(rest.toString());
  const lineOf = (path: readonly PropertyKey[]): number =>
    lines.get(pointerTo(path)) ?? (path.length > 0 ? lineOf(path.slice(0, -1)) : 1);
  return {
    value,
    findings: [
      ...marked,
      ...twice.map(({ pointer, line }) => at(line, pointer, 'is given more than once')),
      ...(refused && refused.code !== 'twice' ? [at(refused.line, refused.pointer, refused.detail)] : []),
    ],
    tell: (path, message) => at(lineOf(path), pointerTo(path), message),
  };
}

function refusalOf(bytes: Uint8Array): JsonRefused | undefined {
  try {
    readJson(bytes);
    return undefined;
  } catch (error) {
    if (error instanceof JsonRefused) return error;
    throw error;
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
