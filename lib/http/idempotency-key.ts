import { Problem } from '#lib/problem.ts';

/**
 * The Idempotency-Key, bare (`abc123`) or as the structured string of the IETF draft (`"abc123"`):
 * the same key either way.
 */
export function idempotencyKey(header: string | undefined): string {
  if (header === undefined || header.trim() === '')
    throw new Problem('idempotency-key-missing', {
      detail: 'Send an Idempotency-Key header, new for each request and the same for its repeats.',
    });
  const text = header.trim();
  const key = /^"((?:[^"\\]|\\["\\])*)"$/.exec(text)?.[1]?.replace(/\\(["\\])/g, '$1') ?? text;
  if (!/^[\x20-\x7e]{1,255}$/.test(key) || key.trim() === '' || (key === text && text.includes('"'))) {
    throw new Problem('idempotency-key-invalid', {
      detail: 'Use 1 to 255 printable ASCII characters, bare or in double quotes.',
    });
  }
  return key;
}
