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
import { serve } from './ssh-host-files.ts';

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

export type Host = {
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

export type Heard = Awaited<ReturnType<typeof sshHost>>['heard'];

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
