import { createHash } from 'node:crypto';

/** A pinned host key. `type` is undefined where the pin does not tell it. */
export type Pin = { fingerprint: string; type?: string | undefined };
export type HostKey = { fingerprint: string; type: string };

/** The signature algorithms of each key type, best first. A host answers with the first that it has. */
const algorithms = {
  'ssh-ed25519': ['ssh-ed25519'],
  'ecdsa-sha2-nistp256': ['ecdsa-sha2-nistp256'],
  'ecdsa-sha2-nistp384': ['ecdsa-sha2-nistp384'],
  'ecdsa-sha2-nistp521': ['ecdsa-sha2-nistp521'],
  'ssh-rsa': ['rsa-sha2-512', 'rsa-sha2-256', 'ssh-rsa'],
} as const;
export type HostKeyAlgorithm = (typeof algorithms)[keyof typeof algorithms][number];
const types = Object.keys(algorithms) as (keyof typeof algorithms)[];

/** What to offer to a host, the `first` types before the others, without those that it has shown. */
export const algorithmsFor = (first: string[], shown: HostKey[]): HostKeyAlgorithm[] =>
  types
    .filter((type) => !shown.some((key) => key.type === type))
    .sort((a, b) => Number(first.includes(b)) - Number(first.includes(a)))
    .flatMap((type) => [...algorithms[type]]);

/** Whether a host may have a pinned key that it has not shown: it shows the types of pins first. */
export const mayHaveMore = (pins: Pin[], shown: HostKey[]): boolean =>
  pins.some(
    ({ type }) =>
      type === undefined ||
      (pins.some((pin) => pin.type === shown.at(-1)?.type) && !shown.some((key) => key.type === type)),
  );

/**
 * The pins of a secret, one a line: a fingerprint as OpenSSH prints it (`SHA256:…`), a line of
 * `ssh-keygen -lf`, or a public key. Where the type of the key is there too, that type is asked for.
 */
export const pinsIn = (secret: string): Pin[] =>
  secret.split('\n').flatMap((line) => {
    const words = line.trim().split(/\s+/);
    const key = words.find((word) => /^AAAA[\w+/]+=*$/.test(word));
    if (key) return [hostKeyOf(Buffer.from(key, 'base64'))];
    const [, fingerprint] = /(?:^|\s)(SHA256:[\w+/]{43})=?(?:\s|$)/.exec(line) ?? [];
    return fingerprint ? [{ fingerprint, type: typeIn(words) }] : [];
  });

/** `ssh-ed25519`, or `(ED25519)` and `256 … (ECDSA)` as ssh-keygen has it. */
function typeIn(words: string[]): string | undefined {
  const short: Record<string, string> = {
    '(ED25519)': 'ssh-ed25519',
    '(RSA)': 'ssh-rsa',
    '(ECDSA)': `ecdsa-sha2-nistp${words[0]}`,
  };
  return types.find((type) => words.includes(type) || words.some((word) => short[word] === type));
}

/** The type and the fingerprint of a public key in SSH's format (RFC 4253, 6.6). */
export function hostKeyOf(key: Buffer): HostKey {
  const length = key.length < 4 ? 0 : key.readUInt32BE(0);
  const type = key.subarray(4, 4 + Math.min(length, 40)).toString('latin1');
  const hash = createHash('sha256').update(key).digest('base64').replace(/=+$/, '');
  return { type: type.replaceAll(/[^\w.@-]/g, ''), fingerprint: `SHA256:${hash}` };
}
