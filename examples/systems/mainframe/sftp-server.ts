import { createHash, timingSafeEqual } from 'node:crypto';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import ssh2 from 'ssh2';
import type { Told } from './orders.ts';

type Session = (sftp: ssh2.SFTPWrapper, line: Line) => void;
/** The actions of a session on its connection and on the server. */
export type Line = { drop: () => void; die: () => void; pause: (ms: number) => Promise<void> };
type Door = {
  host: string;
  user: string;
  password: string;
  told: () => Told | undefined;
  die: () => void;
  session: Session;
};

/**
 * SSH with SFTP only, on a free port. It can be killed, and revived on the same port with the same
 * host key.
 */
export async function serveSftp({ host, ...door }: Door) {
  const keys = { ours: freshKey(), other: freshKey() };
  let life: Life | undefined;
  let ended = Promise.resolve();
  const begin = async (port: number) => {
    life = await listen(host, port, (socket, pause) => receive(socket, { ...door, keys, pause }));
    return life.port;
  };
  const kill = () => {
    if (life) ended = life.end();
    life = undefined;
    return ended;
  };

  const port = await begin(0);
  return {
    port,
    hostKey: keys.ours.fingerprint,
    kill,
    revive: async () => {
      await ended;
      if (!life) await begin(port);
    },
  };
}

type Life = { port: number; end: () => Promise<void> };

/** One life of the server: its end closes its connections and stops its pending work. */
async function listen(
  host: string,
  port: number,
  received: (socket: Socket, pause: Line['pause']) => void,
): Promise<Life> {
  const closing = new AbortController();
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket.setNoDelay());
    socket.once('close', () => sockets.delete(socket)).on('error', () => {});
    received(socket, (ms) => wait(ms, undefined, { signal: closing.signal }));
  });
  await new Promise<void>((done, failed) => server.once('error', failed).listen(port, host, done));
  const end = () =>
    new Promise<void>((done) => {
      closing.abort();
      server.close(() => done());
      for (const socket of sockets) socket.destroy();
    });
  return { port: (server.address() as AddressInfo).port, end };
}

type Keys = Record<'ours' | 'other', ReturnType<typeof freshKey>>;

/** Accepts a connection, unless an order makes it fail. */
function receive(
  socket: Socket,
  { keys, pause, ...door }: Omit<Door, 'host'> & { keys: Keys; pause: Line['pause'] },
): void {
  const behaviour = door.told()?.behaviour;
  const line = { drop: () => void socket.destroy(), die: door.die, pause };
  if (behaviour === 'hang') return;
  if (behaviour === 'drop-before') socket.destroy();
  if (behaviour === 'die') door.die();
  if (socket.destroyed) return;
  const key = behaviour === 'other-key' ? keys.other : keys.ours;
  speak(socket, { ...door, key: key.private, admits: behaviour !== 'refuse', line });
}

type Spoken = Pick<Door, 'user' | 'password' | 'session'> & { key: string; admits: boolean; line: Line };

/** One connection, with an ssh2 server of its own, so that each can have its own host key. */
function speak(socket: Socket, { key, user, password, admits, line, session }: Spoken) {
  const server = new ssh2.Server({ hostKeys: [key] }, (client) => {
    client.on('error', line.drop); // a connection that breaks off, or is unreadable
    client.on('authentication', (asked) => {
      if (
        admits &&
        asked.method === 'password' &&
        same(asked.username, user) &&
        same(asked.password, password)
      )
        return asked.accept();
      asked.reject(['password']);
    });
    client.on('session', (accept) => accept().on('sftp', (accept) => session(accept(), line)));
  });
  server.injectSocket(socket);
}

const hash = (text: string) => createHash('sha256').update(text).digest();
const same = (some: string, other: string) => timingSafeEqual(hash(some), hash(other));

/**
 * A host key and its fingerprint as OpenSSH prints it. Of 256 keys that ssh2 generates one is
 * unreadable (mscdex/ssh2#1513), and is dropped.
 */
function freshKey(): { private: string; fingerprint: string } {
  const made = ssh2.utils.generateKeyPairSync('ed25519');
  const key = ssh2.utils.parseKey(made.public);
  if (key instanceof Error) return freshKey();
  return {
    private: made.private,
    fingerprint: `SHA256:${createHash('sha256').update(key.getPublicSSH()).digest('base64').replace(/=+$/, '')}`,
  };
}
