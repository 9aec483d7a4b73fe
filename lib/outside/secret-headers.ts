import type { Manifest } from '#systems/manifest.ts';
import { Unreached } from './outside.ts';

type Secrets = { readSecret(name: string): Promise<string> };

/**
 * A system's secrets as the request headers that its manifest names, without white space around
 * them (a secret from a file ends in a newline). Throws `Unreached` if one cannot be read, or cannot
 * be the value of a header.
 */
export async function secretHeadersOf(
  { secrets: names }: Pick<Manifest, 'secrets'>,
  secrets: Secrets,
): Promise<Record<string, string>> {
  const read = Object.entries(names).map(async ([header, name]) => [
    header,
    fieldOf(await secrets.readSecret(name)),
  ]);
  return Promise.all(read).then(Object.fromEntries, (cause) => {
    throw new Unreached('no-secret', { cause });
  });
}

/** RFC 9110, 5.5: visible characters, with spaces and tabs between them. */
function fieldOf(secret: string): string {
  const value = secret.trim();
  if (!/^[\x20-\x7e\t]+$/.test(value)) throw new Error('The secret is empty, or no value of a header');
  return value;
}

/** Masks secrets that an answer quotes; one of fewer than 8 characters would match any text. */
export function without(secrets: string[], value: unknown): unknown {
  if (typeof value === 'string')
    return secrets
      .filter(({ length }) => length >= 8)
      .reduce((text, secret) => text.replaceAll(secret, '***'), value);
  if (secrets.length === 0 || value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map((one) => without(secrets, one));
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, without(secrets, inner)]));
}
