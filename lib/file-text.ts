import { isUtf8 } from 'node:buffer';
import { badByteOf } from './utf8.ts';

/**
 * The text of a file that a person hands over: UTF-8 with or without a byte order mark, or UTF-16
 * with one. Throws for anything else, naming the file and the first byte, counted from 0, that is
 * no character. The text has no mark.
 */
export function fileText(bytes: Uint8Array, name: string): string {
  const [first, second, third] = bytes;
  if (first === 0xff && second === 0xfe) return utf16(bytes.subarray(2), name, 'UTF-16LE');
  if (first === 0xfe && second === 0xff) return utf16(swapped(bytes.subarray(2)), name, 'UTF-16BE');
  const marked = first === 0xef && second === 0xbb && third === 0xbf;
  const text = marked ? bytes.subarray(3) : bytes;
  if (!isUtf8(text)) throw refused(name, 'UTF-8', badByteOf(text) + (marked ? 3 : 0));
  return Buffer.from(text.buffer, text.byteOffset, text.byteLength).toString();
}

function utf16(bytes: Uint8Array, name: string, encoding: string): string {
  const whole = bytes.subarray(0, bytes.length - (bytes.length % 2));
  const text = Buffer.from(whole.buffer, whole.byteOffset, whole.byteLength).toString('utf16le');
  const at = whole.length === bytes.length ? loneSurrogate(text) : text.length;
  if (at === undefined) return text;
  throw refused(name, encoding, 2 + at * 2);
}

/** Index of the first half of a surrogate pair without its other half. */
function loneSurrogate(text: string): number | undefined {
  if (text.isWellFormed()) return undefined;
  return /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/.exec(text)?.index;
}

/** Big-endian to little-endian; an odd last byte stays. */
function swapped(bytes: Uint8Array): Uint8Array {
  const copy = Buffer.from(bytes);
  copy.subarray(0, copy.length - (copy.length % 2)).swap16();
  return copy;
}

const refused = (name: string, encoding: string, at: number): Error =>
  new Error(`${name} is not ${encoding}: byte ${at} begins no character. Save it as UTF-8.`);
