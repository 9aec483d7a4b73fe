import { createHash, randomBytes } from 'node:crypto';

/** A random id: 96 bits, 16 characters of base64url. */
export const newId = (): string => randomBytes(12).toString('base64url');

/**
 * The first 128 bits of SHA-256 over the parts, 22 characters of base64url. The parts are JSON, so
 * different lists of parts never give the same text; an undefined part counts as null.
 */
export const digest = (...parts: unknown[]): string =>
  createHash('sha256')
    .update(canonical(parts.map((part) => part ?? null)))
    .digest()
    .subarray(0, 16)
    .toString('base64url');

/**
 * JSON with sorted keys, without undefined fields (RFC 8785): equal commands give equal text.
 * Throws a TypeError for what JSON would not give back: NaN, half of a surrogate pair, a Date, a
 * hole in a list.
 */
export function canonical(value: unknown): string {
  if (typeof value === 'string') return quoted(value);
  if (value === null || typeof value === 'boolean' || Number.isFinite(value)) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${Array.from(value, canonical).join(',')}]`;
  if (!isPlain(value)) throw new TypeError(`JSON cannot keep ${named(value)}`);
  const entries = Object.entries(value).filter(([, inner]) => inner !== undefined);
  return `{${entries
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, inner]) => `${quoted(name)}:${canonical(inner)}`)
    .join(',')}}`;
}

function quoted(text: string): string {
  if (!text.isWellFormed()) throw new TypeError('JSON cannot keep half of a surrogate pair');
  return JSON.stringify(text);
}

function isPlain(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false;
  const made = Object.getPrototypeOf(value);
  return made === Object.prototype || made === null;
}

/** The kind of a value, never the value. */
const named = (value: unknown): string =>
  typeof value === 'number' ? String(value) : Object.prototype.toString.call(value);
