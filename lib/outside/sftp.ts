import { lookup as systemLookup } from 'node:dns';
import { once as heard } from 'node:events';
import { connect, type Socket } from 'node:net';
import type { Clock } from '#lib/clock.ts';
import type { Manifest } from '#systems/manifest.ts';
import type { RemoteFiles } from '#systems/protocol.ts';
import { type Endpoint, guarded } from './addresses.ts';
import { type HostKey, mayHaveMore, pinsIn } from './host-keys.ts';
import { Unreached } from './outside.ts';
import { sftpFilesOn } from './sftp-files.ts';
import { type Credentials, login } from './sftp-login.ts';
import { type Limits, leftOf, requestOn } from './sftp-requests.ts';

type Secrets = { readSecret(name: string): Promise<string> };
type Tools = {
  clock: Clock;
  endpoint: (system: string) => Endpoint;
  secrets: Secrets;
  lookup?: typeof systemLookup;
};
/** `timeoutMs` limits each step; past `notAfter` (ms since the epoch) nothing is sent. */
export type SftpSession = { system: Manifest; timeoutMs: number; notAfter: number };
/** Opens a session for `use`, and closes it. Throws `Unreached` without a reliable answer. */
export type SftpOutside = <T>(session: SftpSession, use: (files: RemoteFiles) => Promise<T>) => Promise<T>;

/**
 * Files of outside systems over SFTP, one session per call, always closed. Nothing, not even the
 * user name, is sent before the host key has matched a pinned one. It never retries.
 */
export function sftpOutside({ clock, endpoint, secrets, lookup = systemLookup }: Tools): SftpOutside {
  /** The type of the key that matched, by host and pins, so that it is asked for at once. */
  const matched = new Map<string, string>();

  return async ({ system, timeoutMs, notAfter }, use) => {
    const at = endpoint(system.name);
    const credentials = await credentialsOf(system, secrets);
    const limits = { stepMs: timeoutMs, notAfter, clock };
    const { pins } = credentials;
    const host = [at.url, ...pins.map(({ fingerprint }) => fingerprint)].join(' ');
    const shown: HostKey[] = [];
    while (true) {
      const socket = await connected(at, limits, lookup);
      try {
        const first = pins.flatMap(({ type }) => type ?? matched.get(host) ?? []);
        const { session, key } = await login(socket, credentials, { first, shown }, limits);
        if (session) {
          matched.set(host, key.type);
          return await use(sftpFilesOn(session, folderOf(at), requestOn(socket, limits)));
        }
        if (key) shown.push(key);
        if (!key || !mayHaveMore(pins, shown)) throw strange(shown);
      } finally {
        socket.destroy();
      }
    }
  };
}

const strange = (shown: HostKey[]): Unreached =>
  new Unreached('host-key', {
    detail: shown.map(({ type, fingerprint }) => `${type} ${fingerprint}`).join(', '),
  });

const folderOf = ({ url }: Endpoint): string => decodeURIComponent(new URL(url).pathname.replace(/\/$/, ''));

async function credentialsOf({ secrets: names, file }: Manifest, secrets: Secrets): Promise<Credentials> {
  const read = async (name: string) =>
    names[name] === undefined ? undefined : await secrets.readSecret(names[name]);
  const known = await Promise.all(['host-key', 'user', 'password', 'private-key'].map(read)).catch(
    (cause) => {
      throw new Unreached('no-secret', { cause });
    },
  );
  const [hostKey = '', user = file?.user ?? 'lockstep', password, privateKey] = known;
  const pins = pinsIn(hostKey);
  if (pins.length === 0)
    throw new Unreached('host-key', { detail: hostKey ? 'the pin is not readable' : 'none is pinned' });
  return { pins, username: user, ...(password && { password }), ...(privateKey && { privateKey }) };
}

async function connected(endpoint: Endpoint, limits: Limits, lookup: typeof systemLookup): Promise<Socket> {
  const url = new URL(endpoint.url);
  const host = url.hostname.replace(/^\[|\]$/g, '');
  if (url.protocol !== 'sftp:') throw new Unreached('address-refused');
  const guard = guarded(endpoint, { host, encrypted: true, secrets: true }, lookup);
  // With Nagle's algorithm each small request would wait for an acknowledgement.
  const socket = connect({
    host,
    port: Number(url.port) || 22,
    noDelay: true,
    ...(guard && { lookup: guard }),
  });
  try {
    await heard(socket, 'connect', { signal: AbortSignal.timeout(leftOf(limits)) });
    socket.on('error', () => {}).setMaxListeners(40); // one listener per request under way
    return socket;
  } catch (cause) {
    socket.destroy();
    throw cause instanceof Unreached ? cause : new Unreached('no-connection', { cause });
  }
}
