import { createHash } from 'node:crypto';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import ssh2 from 'ssh2';
import { onTestFinished } from 'vitest';
import { systemClock } from '#lib/clock.ts';
import { sftpOutside } from '#lib/outside/sftp.ts';
import type { Manifest } from '#systems/manifest.ts';
import type { RemoteFiles } from '#systems/protocol.ts';
import { localEndpoint } from '#test/systems/programmed-partner.ts';
import { system } from './sftp-line.ts';

const { STATUS_CODE: status } = ssh2.utils.sftp;
type Keys = 'ed25519' | 'rsa' | 'ecdsa';
export type HostKey = { private: string; public: string; fingerprint: string };

/** A host key of one type, with its fingerprint as OpenSSH prints it. */
export function hostKey(type: Keys): HostKey {
  const bits = { ed25519: {}, rsa: { bits: 2048 }, ecdsa: { bits: 384 } }[type];
  const made = ssh2.utils.generateKeyPairSync(type as 'rsa', bits as { bits: number });
  const key = ssh2.utils.parseKey(made.public);
  if (key instanceof Error) return hostKey(type); // one of 256 cannot be read (mscdex/ssh2#1513)
  const hash = createHash('sha256').update(key.getPublicSSH()).digest('base64').replace(/=+$/, '');
  return { private: made.private, public: made.public, fingerprint: `SHA256:${hash}` };
}

type Host = {
  keys: HostKey[];
  /** The password, and which methods it offers. */
  password?: string;
  methods?: string[];
  /** What it asks for, round by round, where it asks interactively. */
  prompts?: { prompt: string; echo: boolean }[][];
  /** How it answers about a file that is not there, and what its files hold; a number is so many bytes. */
  absent?: number;
  files?: Map<string, Buffer | number>;
  /** Whether it lists its files. */
  lists?: boolean;
};

/** An SSH host for one test that is as particular as it is told to be, and says what it heard. */
export async function sshHost(host: Host) {
  const heard = { connections: 0, users: [] as string[], answers: [] as string[][], read: 0, listed: 0 };
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    heard.connections += 1;
    sockets.add(socket);
    socket.on('error', () => {});
    new ssh2.Server({ hostKeys: host.keys.map((key) => key.private) }, (client) => {
      client.on('error', () => {});
      client.on('authentication', (asked) => admit(asked, host, heard));
      client.on('session', (accept) => accept().on('sftp', (accept) => serve(accept(), host, heard)));
    }).injectSocket(socket);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  onTestFinished(() => {
    server.close();
    for (const socket of sockets) socket.destroy();
  });
  const url = `sftp://127.0.0.1:${(server.address() as AddressInfo).port}/in%20box`;
  const lines = new Map<string, ReturnType<typeof sftpOutside>>();
  const lineOf = (pin: string) => {
    const secrets = { readSecret: async (name: string) => (name.includes('host-key') ? pin : 'pass word') };
    const made =
      lines.get(pin) ?? sftpOutside({ clock: systemClock, endpoint: () => localEndpoint(url), secrets });
    lines.set(pin, made);
    return made;
  };
  const use = <T>(
    pin: string,
    work: (files: RemoteFiles) => Promise<T>,
    of: Partial<Manifest> = {},
  ): Promise<T> =>
    lineOf(pin)({ system: { ...system, ...of }, timeoutMs: 5_000, notAfter: Date.now() + 20_000 }, work);
  return { heard, use };
}

type Heard = Awaited<ReturnType<typeof sshHost>>['heard'];

function admit(
  asked: ssh2.AuthContext,
  { password = 'pass word', methods = ['password'], prompts = [] }: Host,
  heard: Heard,
) {
  heard.users.push(`${asked.method} ${asked.username}`);
  if (!methods.includes(asked.method)) return asked.reject(methods as ssh2.AuthenticationType[]);
  if (asked.method === 'password') return asked.password === password ? asked.accept() : asked.reject();
  if (asked.method !== 'keyboard-interactive') return asked.reject();
  const round = (index: number) => {
    const due = prompts[index];
    if (!due) return asked.accept();
    asked.prompt(due, '', '', (answers) => {
      heard.answers.push(answers);
      if (answers.length !== due.length || !answers.every((answer) => answer === 'pass word'))
        return asked.reject();
      round(index + 1);
    });
  };
  round(0);
}

function serve(
  sftp: ssh2.SFTPWrapper,
  { absent = status.NO_SUCH_FILE, files = new Map(), lists = true }: Host,
  heard: Heard,
) {
  const nameOf = (path: string) => (path.startsWith('/in box/') ? path.slice('/in box/'.length) : undefined);
  const at = (path: string) => files.get(nameOf(path) ?? '');
  const sizeOf = (content: Buffer | number) => (typeof content === 'number' ? content : content.length);
  const attributes = (size: number) => ({ mode: 0o100600, uid: 0, gid: 0, size, atime: 0, mtime: 0 });
  const looked = (id: number, path: string) => {
    const found = at(path);
    return found === undefined ? sftp.status(id, absent) : sftp.attrs(id, attributes(sizeOf(found)));
  };
  let left: string[] | undefined;
  sftp.on('STAT', looked).on('LSTAT', looked);
  sftp.on('OPEN', (id, path, flags) => {
    if (flags & 2 && !at(path)) files.set(nameOf(path) ?? '', Buffer.alloc(0));
    return at(path) === undefined ? sftp.status(id, absent) : sftp.handle(id, Buffer.from(path));
  });
  sftp.on('FSTAT', (id, handle) => looked(id, handle.toString()));
  sftp.on('WRITE', (id, handle, offset, data) => {
    const before = at(handle.toString());
    const kept = Buffer.alloc(Math.max(sizeOf(before ?? 0), offset + data.length));
    if (Buffer.isBuffer(before)) before.copy(kept);
    data.copy(kept, offset);
    files.set(nameOf(handle.toString()) ?? '', kept);
    sftp.status(id, status.OK);
  });
  sftp.on('READ', (id, handle, offset, length) => {
    const content = at(handle.toString()) ?? 0;
    const size = Math.max(0, Math.min(length, sizeOf(content) - offset));
    heard.read += size;
    if (size === 0) return sftp.status(id, status.EOF);
    sftp.data(
      id,
      typeof content === 'number' ? Buffer.alloc(size, '7') : content.subarray(offset, offset + size),
    );
  });
  sftp.on('REMOVE', (id, path) => sftp.status(id, files.delete(nameOf(path) ?? '') ? status.OK : absent));
  sftp.on('RENAME', (id, path, to) => {
    const found = at(path);
    if (found === undefined) return sftp.status(id, absent);
    if (at(to) !== undefined) return sftp.status(id, status.FAILURE);
    files.delete(nameOf(path) ?? '');
    files.set(nameOf(to) ?? '', found);
    sftp.status(id, status.OK);
  });
  sftp.on('OPENDIR', (id) => {
    heard.listed += 1;
    left = ['.', '..', ...files.keys()];
    return lists ? sftp.handle(id, Buffer.from('folder')) : sftp.status(id, status.PERMISSION_DENIED);
  });
  sftp.on('READDIR', (id) => {
    const some = left?.splice(0, 2) ?? [];
    if (some.length === 0) return sftp.status(id, status.EOF);
    sftp.name(
      id,
      some.map((filename) => ({ filename, longname: filename, attrs: attributes(0) })),
    );
  });
  sftp.on('CLOSE', (id) => sftp.status(id, status.OK));
}
