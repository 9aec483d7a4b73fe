import { createHash } from 'node:crypto';
import { connect as open } from 'node:net';
import SftpClient from 'ssh2-sftp-client';
import { expect, onTestFinished } from 'vitest';
import { serveMainframe } from '#examples/systems/mainframe/mainframe.ts';
import { chequeLayout, fileWith, key, now, type Said, token } from './mainframe-layout.ts';
import { talk } from './partner-client.ts';

const fingerprint = (bytes: Buffer) =>
  `SHA256:${createHash('sha256').update(bytes).digest('base64').replace(/=+$/, '')}`;
type Session = Awaited<ReturnType<SftpClient['connect']>>;
type Login = {
  readyTimeout?: number;
  username?: string;
  password?: string;
  hostVerifier?: (bytes: Buffer) => boolean;
};

/** A mainframe for one test, and an SFTP client that knows only its address and key. */
export async function openMainframe() {
  const served = await serveMainframe({ clock: { now: () => now }, layout: chequeLayout });
  const clients: SftpClient[] = [];
  onTestFinished(async () => {
    await served.close();
    await Promise.allSettled(clients.map((client) => client.end()));
  });
  const { hostname: host, port, pathname } = new URL(served.endpoint);

  const connect = async (login: Login = {}) => {
    const client = new SftpClient('test', { error: () => {}, end: () => {}, close: () => {} });
    const session = await client.connect({
      sock: open({ host, port: Number(port), noDelay: true }).on('error', () => {}),
      username: served.user,
      password: served.password,
      readyTimeout: 10_000,
      retries: 0,
      hostVerifier: (bytes: Buffer) => fingerprint(bytes) === served.hostKey,
      ...login,
    });
    clients.push(client);
    return Object.assign(client, { plain: plain(session) });
  };
  const at = (ending: string) => `${pathname}/LS-${token}${ending}`;
  const desk = talk(served.url);
  const books = async () => {
    const found = await desk.books();
    return {
      ...found,
      entry: found.entries.find((one) => one.token === key) as
        | { state: string; effects: Record<string, number> }
        | undefined,
    };
  };
  return {
    served,
    fingerprint,
    desk,
    connect,
    at,
    books,
    /** Writes a file and renames it, as a client does. */
    async bring(client: SftpClient, said: Said = {}) {
      const name = said.kind === 'REVERSAL' ? '-R' : '';
      await client.put(fileWith(said), at(`${name}.part`));
      await client.rename(at(`${name}.part`), at(`${name}.dat`));
    },
    text: async (client: SftpClient, ending: string) => ((await client.get(at(ending))) as Buffer).toString(),
    commits: async () => (await books()).entry?.effects.commit ?? 0,
  };
}

/** Hides the client's own messages: a status is the error's code. */
function plain(session: Session) {
  const asked = <T = unknown>(send: (done: (error?: Error | null, value?: T) => void) => void) =>
    new Promise<T>((resolve, reject) =>
      send((error, value) => (error ? reject(error) : resolve(value as T))),
    );
  return {
    write: (path: string, bytes: Buffer) => asked((done) => session.writeFile(path, bytes, done)),
    async read(path: string) {
      const handle = await asked<Buffer>((done) => session.open(path, 'r', done));
      await asked((done) => session.read(handle, Buffer.alloc(1_000), 0, 1_000, 0, done));
      await asked((done) => session.close(handle, done));
    },
    size: (path: string) => asked((done) => session.stat(path, done)),
    rename: (path: string, to: string) => asked((done) => session.rename(path, to, done)),
    remove: (path: string) => asked((done) => session.unlink(path, done)),
    list: (path: string) => asked((done) => session.readdir(path, done)),
  };
}

/** A mainframe with a written file, and an order for its next call. */
export async function misbehavingMainframe(order: object) {
  const mainframe = await openMainframe();
  const client = await mainframe.connect();
  await client.put(fileWith(), mainframe.at('.part'));
  expect(await mainframe.desk.misbehave({ delayMs: 50, ...order })).toMatchObject({ status: 200 });
  return { ...mainframe, client };
}
