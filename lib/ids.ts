import { createHash, randomBytes } from 'node:crypto';

/** A random id: 96 bits, 16 characters of base64url. */
export const newId = (): string => randomBytes(12).toString('base64url');

/**
 * The first 128 bits of SHA-256 over the parts, 22 characters of base64url. The parts are JSON, so
 * different lists of parts never give the same text.
 */
export const digest = (...parts: unknown[]): string =>
  createHash('sha256').update(canonical(parts)).digest().subarray(0, 16).toString('base64url');

/** JSON with sorted keys, without undefined (RFC 8785): equal commands give equal text. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null';
  const entries = Object.entries(value).filter(([, inner]) => inner !== undefined);
  return `{${entries
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, inner]) => `${JSON.stringify(name)}:${canonical(inner)}`)
    .join(',')}}`;
}
