import { createHash } from 'node:crypto';
import { canonical } from './ids.ts';

/**
 * A UUID in any spelling (bare hex, braces, urn:uuid:, capitals) → lower case with hyphens (RFC
 * 9562, 4). Undefined for anything else.
 */
export function uuidOf(text: string): string | undefined {
  const hex =
    /^(?:urn:uuid:)?\{?([0-9a-f]{8})-?([0-9a-f]{4})-?([0-9a-f]{4})-?([0-9a-f]{4})-?([0-9a-f]{12})\}?$/i.exec(
      text.trim(),
    );
  return hex ? hex.slice(1).join('-').toLowerCase() : undefined;
}

/**
 * A name-based UUID, version 5 (RFC 9562, 5.5): the same namespace and name give the same UUID.
 */
export function uuid5(namespace: string, name: string): string {
  const hash = createHash('sha1')
    .update(Buffer.from(namespace.replaceAll('-', ''), 'hex'))
    .update(name)
    .digest();
  return spelled(hash, 5);
}

/** A custom UUID, version 8 (RFC 9562, 5.8): the first bits of SHA-256 over the parts. */
export function uuid8(...parts: unknown[]): string {
  return spelled(createHash('sha256').update(canonical(parts)).digest(), 8);
}

function spelled(hash: Buffer, version: number): string {
  const bytes = Buffer.from(hash.subarray(0, 16));
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | (version << 4), 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
