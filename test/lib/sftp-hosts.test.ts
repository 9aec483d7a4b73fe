import ssh2 from 'ssh2';
import { describe, expect, it } from 'vitest';
import { type HostKey, hostKey, sshHost } from './ssh-host.ts';

const { STATUS_CODE: status } = ssh2.utils.sftp;
const size = (name: string) => (files: { size: (path: string) => Promise<number | undefined> }) =>
  files.size(name);
const keys = {
  ed25519: hostKey('ed25519'),
  rsa: hostKey('rsa'),
  ecdsa: hostKey('ecdsa'),
  other: hostKey('ed25519'),
};
const named = (key: HostKey, type: string) => `${type} ${key.fingerprint}`;

describe('a host with keys of several types', () => {
  const all = [keys.ed25519, keys.ecdsa, keys.rsa];

  it.each(['ed25519', 'rsa', 'ecdsa'] as const)('is known by whichever is pinned: %s', async (type) => {
    const { use, heard } = await sshHost({ keys: all });
    expect(await use(keys[type].fingerprint, size('a'))).toBeUndefined();
    const first = heard.connections;
    expect(await use(keys[type].fingerprint, size('a'))).toBeUndefined();
    expect(heard.connections, 'it is asked for that key at once the next time').toBe(first + 1);
    expect(heard.users.every((user) => user.endsWith(' lockstep'))).toBe(true);
  });

  it.each([
    ['a line of ssh-keygen -lf', `2048 ${keys.rsa.fingerprint} mainframe (RSA)`],
    ['a type and a fingerprint', `ssh-rsa ${keys.rsa.fingerprint}`],
    ['a line of known_hosts', `mainframe.example ${keys.rsa.public}`],
    ['a line of ssh-keygen -lf for a curve', `384 ${keys.ecdsa.fingerprint} mainframe (ECDSA)`],
    [
      'two pins, while a key is replaced',
      `${keys.other.fingerprint}\n# the old one\nssh-rsa ${keys.rsa.fingerprint}\n`,
    ],
  ])('is asked for the type of key that is pinned: %s', async (_, pin) => {
    const { use, heard } = await sshHost({ keys: all });
    expect(await use(pin, size('a'))).toBeUndefined();
    expect(heard.connections).toBe(1);
  });

  it('none of which is pinned gets nothing, not even the user, and the keys that were met are named', async () => {
    const { use, heard } = await sshHost({ keys: all });
    await expect(use(keys.other.fingerprint, size('a'))).rejects.toMatchObject({
      reason: 'host-key',
      message: expect.stringMatching(/nothing was sent: /),
    });
    const { message } = await use(keys.other.fingerprint, size('a')).then(
      () => new Error(),
      (error: Error) => error,
    );
    const met = [
      named(keys.ed25519, 'ssh-ed25519'),
      named(keys.ecdsa, 'ecdsa-sha2-nistp384'),
      named(keys.rsa, 'ssh-rsa'),
    ];
    expect(message.split('nothing was sent: ')[1]?.split(', ')).toEqual(met);
    expect(heard.users).toEqual([]);
  });

  it('is not tried for other types where the pin names one', async () => {
    const { use, heard } = await sshHost({ keys: all });
    await expect(use(`ssh-ed25519 ${keys.other.fingerprint}`, size('a'))).rejects.toMatchObject({
      message: expect.stringContaining(`: ${named(keys.ed25519, 'ssh-ed25519')}`),
    });
    expect([heard.connections, heard.users]).toEqual([1, []]);
  });

  it('is not called where the pin cannot be read', async () => {
    const { use, heard } = await sshHost({ keys: all });
    for (const pin of ['MD5:aa:bb', 'SHA256:short', '\n', 'ssh-ed25519'])
      await expect(use(pin, size('a'))).rejects.toMatchObject({ reason: 'host-key' });
    expect(heard.connections).toBe(0);
  });
});

describe('a server that says FAILURE about a file that is not there', () => {
  const open = (more: object = {}) =>
    sshHost({
      ...{ keys: [keys.ed25519], absent: status.FAILURE },
      files: new Map(['a', 'b', 'c', 'd', 'e'].map((name) => [name, Buffer.from(name)])),
      ...more,
    });
  const pin = keys.ed25519.fingerprint;

  it('is asked for the list, and the file is absent where it is not in it', async () => {
    const { use, heard } = await open();
    await use(pin, async (files) => {
      expect([await files.size('x'), await files.read('x')]).toEqual([undefined, undefined]);
      expect([await files.remove('x'), await files.rename('x', 'y')]).toEqual([false, false]);
      expect(heard.listed).toBe(4);
      expect([await files.size('e'), await files.remove('e'), await files.rename('d', 'f')]).toEqual([
        1,
        true,
        true,
      ]);
      expect(heard.listed).toBe(4);
    });
  });

  it('has failed where the file is in the list, or there is no list', async () => {
    const { use } = await open();
    // The file to be renamed is there: what fails is that the other is there, too.
    await expect(use(pin, (files) => files.rename('a', 'b'))).rejects.toMatchObject({
      reason: 'file-refused',
    });
    const { use: unlisted } = await open({ lists: false });
    await expect(unlisted(pin, size('x'))).rejects.toMatchObject({ reason: 'file-refused' });
  });
});

it('a file of 200 MB is read no further than its reader wants', async () => {
  const { use, heard } = await sshHost({ keys: [keys.ed25519], files: new Map([['LS.seen', 200_000_000]]) });
  await use(keys.ed25519.fingerprint, async (files) => {
    for await (const piece of (await files.read('LS.seen')) ?? []) {
      expect(piece.length).toBeLessThanOrEqual(32 * 1024);
      break;
    }
  });
  expect(heard.read).toBeGreaterThan(0);
  expect(heard.read).toBeLessThan(1_000_000);
});
