import { createHash } from 'node:crypto';
import { lookup as systemLookup } from 'node:dns';
import { once as heard } from 'node:events';
import { connect, type Socket } from 'node:net';
import SftpClient from 'ssh2-sftp-client';
import type { Clock } from '#lib/clock.ts';
import type { Manifest } from '#systems/manifest.ts';
import type { RemoteFiles } from '#systems/protocol.ts';
import { type Endpoint, guarded } from './addresses.ts';
import { Unreached } from './outside.ts';
import { type Session, sftpFiles } from './sftp-files.ts';
import { type Limits, requestOn } from './sftp-requests.ts';

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
type Credentials = { hostKey: string; username: string; password?: string; privateKey?: string };

/**
 * Files of outside systems over SFTP, one session per call, always closed. Nothing, not even the
 * user name, is sent before the host key has matched the pinned one. It never retries.
 */
export function sftpOutside({ clock, endpoint, secrets, lookup = systemLookup }: Tools): SftpOutside {
  return async ({ system, timeoutMs, notAfter }, use) => {
    const at = endpoint(system.name);
    const url = new URL(at.url);
    const credentials = await credentialsOf(system, secrets);
    const limits = { stepMs: timeoutMs, notAfter, clock };
    const socket = await connected(at, limits, lookup);
    try {
      const session = await opened(socket, credentials, limits);
      return await use(sftpFiles(session, url.pathname.replace(/\/$/, ''), requestOn(socket, limits)));
    } finally {
      socket.destroy();
    }
  };
}

async function credentialsOf({ secrets: names, file }: Manifest, secrets: Secrets): Promise<Credentials> {
  const read = async (name: string) =>
    names[name] === undefined ? undefined : await secrets.readSecret(names[name]);
  const known = await Promise.all(['host-key', 'user', 'password', 'private-key'].map(read)).catch(
    (cause) => {
      throw new Unreached('no-secret', { cause });
    },
  );
  const [hostKey, user = file?.user ?? 'lockstep', password, privateKey] = known;
  if (!hostKey) throw new Unreached('host-key');
  return { hostKey, username: user, ...(password && { password }), ...(privateKey && { privateKey }) };
}

/** The remaining time, for one step at most. */
function leftOf({ stepMs, notAfter, clock }: Limits): number {
  const left = Math.min(stepMs, notAfter - clock.now());
  if (left <= 0) throw new Unreached('too-late');
  return left;
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

async function opened(socket: Socket, { hostKey, ...login }: Credentials, limits: Limits): Promise<Session> {
  const client = new SftpClient('lockstep', {});
  let [isTheirs, level]: [boolean | undefined, string | undefined] = [undefined, undefined];
  client.on('error', (error: { level?: string }) => {
    level ??= error.level;
  });
  // ssh2's own limit ends with the login; a server may then still withhold the SFTP subsystem.
  const timer = setTimeout(() => socket.destroy(), leftOf(limits));
  try {
    const session = await client.connect({
      ...login,
      sock: socket,
      readyTimeout: leftOf(limits),
      hostVerifier: (key: Buffer) => {
        isTheirs = fingerprintOf(key) === hostKey.trim();
        return isTheirs;
      },
    });
    session.on('error', () => {}); // every request under way gets the error, too
    return session;
  } catch (cause) {
    if (isTheirs === false) throw new Unreached('host-key');
    if (cause instanceof Unreached) throw cause;
    throw new Unreached(level === 'client-authentication' ? 'not-let-in' : 'no-connection', { cause });
  } finally {
    clearTimeout(timer);
  }
}

/** In OpenSSH's format. */
const fingerprintOf = (key: Buffer): string =>
  `SHA256:${createHash('sha256').update(key).digest('base64').replace(/=+$/, '')}`;
