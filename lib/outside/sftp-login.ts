import type { Socket } from 'node:net';
import type { AuthHandlerMiddleware, ClientErrorExtensions } from 'ssh2';
import SftpClient from 'ssh2-sftp-client';
import { algorithmsFor, type HostKey, hostKeyOf, type Pin } from './host-keys.ts';
import { Unreached } from './outside.ts';
import type { Session } from './sftp-files.ts';
import { type Limits, leftOf } from './sftp-requests.ts';

export type Credentials = { pins: Pin[]; username: string; password?: string; privateKey?: string };
/**
 * A host shows one key at a time: the `first` types before others. `shown` are those that it has
 * shown, none of them pinned.
 */
type Host = { first: string[]; shown: HostKey[] };
/** Without a session the host has shown another key, or has none that it has not shown before. */
type Login = { session: Session; key: HostKey } | { session?: undefined; key: HostKey | undefined };

/**
 * Logs in, once the host has shown a pinned key; nothing, not even the user name, is sent before.
 * Throws `Unreached` where it does not come so far.
 */
export async function login(
  socket: Socket,
  { pins, ...credentials }: Credentials,
  { first, shown }: Host,
  limits: Limits,
): Promise<Login> {
  const client = new SftpClient('lockstep', {});
  let [key, level]: [HostKey | undefined, string | undefined] = [undefined, undefined];
  client.on('error', (error: Error & ClientErrorExtensions) => {
    level ??= error.level;
  });
  const isPinned = () => pins.some(({ fingerprint }) => fingerprint === key?.fingerprint);
  // ssh2's own limit ends with the login; a server may then still withhold the SFTP subsystem.
  const timer = setTimeout(() => socket.destroy(), leftOf(limits));
  try {
    const session = await client.connect({
      ...credentials,
      sock: socket,
      readyTimeout: leftOf(limits),
      algorithms: { serverHostKey: algorithmsFor(first, shown) },
      authHandler: authenticating(credentials),
      hostVerifier: (shownKey: Buffer) => {
        key = hostKeyOf(shownKey);
        return isPinned();
      },
    });
    session.on('error', () => {}); // every request under way gets the error, too
    return { session, key: key as unknown as HostKey };
  } catch (cause) {
    if (key ? !isPinned() : shown.length > 0 && level === 'handshake') return { key };
    if (cause instanceof Unreached) throw cause;
    throw new Unreached(level === 'client-authentication' ? 'not-let-in' : 'no-connection', { cause });
  } finally {
    clearTimeout(timer);
  }
}

/** The methods that the server offers and we have the secret for: the key once, the password once. */
function authenticating({
  username,
  password,
  privateKey,
}: Omit<Credentials, 'pins'>): AuthHandlerMiddleware {
  let ours = [
    ...(privateKey ? [{ type: 'publickey' as const, username, key: privateKey }] : []),
    ...(password ? [{ type: 'password' as const, username, password }] : []),
    ...(password ? [{ type: 'keyboard-interactive' as const, username, prompt: answering(password) }] : []),
  ];
  let isFirst = true;
  return (offered, _partial, next) => {
    // Asked for nothing, a server says what it offers.
    if (isFirst) {
      isFirst = false;
      return next({ type: 'none', username });
    }
    const method = ours.find(({ type }) => offered.includes(type));
    // One wrong password counts once: many hosts lock an account after a few.
    ours = ours.filter(({ type }) => (type === 'publickey') !== (method?.type === 'publickey'));
    next(method ?? (false as unknown as 'none')); // false ends the login, which the types do not know
  };
}

type Prompt = { prompt: string; echo?: boolean };

/** Answers one hidden prompt with the password, and no other: not a code, nor a new password. */
function answering(password: string) {
  let isAnswered = false;
  return (
    _name: string,
    _instructions: string,
    _language: string,
    prompts: Prompt[],
    finish: (answers: string[]) => void,
  ): void => {
    const isPassword = !isAnswered && prompts.length === 1 && prompts[0]?.echo !== true;
    isAnswered ||= isPassword;
    finish(isPassword ? [password] : []);
  };
}
