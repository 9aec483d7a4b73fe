import type { APIGatewayProxyEvent } from 'aws-lambda';
import { Problem } from '#lib/problem.ts';

const form = 'Use 1 to 255 printable ASCII characters, bare or in double quotes.';
/** What a program writes that has no key: a value that is missing, or an object. */
const missing = /^(?:undefined|null|\(null\)|nan|nil|none|\[object \w+\])$/i;
/** The nil UUID and the max UUID (RFC 9562, 5.9 and 5.10), without what is around the digits. */
const special = /^(?:0{32}|f{32})$/i;

/** The Idempotency-Key of a request. Two that differ have no one meaning. */
export function keyOf({ headers, multiValueHeaders }: APIGatewayProxyEvent): string {
  const key = idempotencyKey(headers['idempotency-key']);
  const all = multiValueHeaders?.['idempotency-key'] ?? [];
  if (all.length > 1 && all.some((each) => idempotencyKey(each) !== key))
    throw invalidKey('Given more than once, with different keys.');
  return key;
}

/**
 * An Idempotency-Key, bare (`abc123`) or as the structured string of the IETF draft (`"abc123"`):
 * the same key either way.
 */
export function idempotencyKey(header: string | undefined): string {
  if (header === undefined || header.trim() === '')
    throw new Problem('idempotency-key-missing', {
      detail: 'Send an Idempotency-Key header, new for each request and the same for its repeats.',
    });
  const text = header.trim();
  const key = /^"((?:[^"\\]|\\["\\])*)"$/.exec(text)?.[1]?.replace(/\\(["\\])/g, '$1') ?? text;
  if (!/^[\x20-\x7e]{1,255}$/.test(key) || key.trim() === '' || (key === text && text.includes('"')))
    throw invalidKey(form);
  if (missing.test(key.trim()) || special.test(key.replaceAll(/^urn:uuid:|[-{}\s]/gi, '')))
    throw invalidKey('This is the text of a missing value. Make a new key for each request.');
  return key;
}

const invalidKey = (detail: string): Problem => new Problem('idempotency-key-invalid', { detail });
