import { isUtf8 } from 'node:buffer';
import { badByteOf } from '#lib/utf8.ts';
import { JsonRefused } from './json-refused.ts';
import { type JsonRules, JsonScan } from './json-scan.ts';

/**
 * Reads JSON that has one meaning only, for everything that comes from outside (RFC 7493, I-JSON).
 * Throws `JsonRefused` for a name twice in an object, a number that a double cannot hold, half of a
 * surrogate pair, a byte order mark, bytes that are not UTF-8, and too many levels. `__proto__` is a
 * name like any other.
 */
export function readJson(source: string | Uint8Array, rules: JsonRules = {}): unknown {
  const text = typeof source === 'string' ? source : textOf(source);
  const { depth = 64, inexact = 'refused' } = rules;
  // What `JSON.stringify` gives back unchanged has one meaning, but for an escaped surrogate.
  if (levelsAtMost(text, depth) && !text.includes('\\ud')) {
    const value = parsed(text);
    if (value !== undefined && JSON.stringify(value) === text) return value;
  }
  return new JsonScan(text, { depth, inexact }).read();
}

/** Whether there are so few brackets that no scan for depth is due. */
function levelsAtMost(text: string, depth: number): boolean {
  let left = depth;
  for (const bracket of ['{', '['])
    for (let at = text.indexOf(bracket); at >= 0; at = text.indexOf(bracket, at + 1)) {
      left -= 1;
      if (left < 0) return false;
    }
  return true;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function textOf(bytes: Uint8Array): string {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (isUtf8(buffer)) return buffer.toString();
  const at = badByteOf(buffer);
  const text = buffer.subarray(0, at).toString();
  throw new JsonRefused('not-utf8', { text, at: text.length, path: [], expected: `byte ${at} is none` });
}
