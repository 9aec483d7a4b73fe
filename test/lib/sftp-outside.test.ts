import { describe, expect, it } from 'vitest';
import type { RemoteFiles } from '#systems/protocol.ts';
import { closedPort, partner } from '#test/systems/programmed-partner.ts';
import { open, system } from './sftp-line.ts';

describe('the host key', () => {
  it('is compared with the pinned fingerprint before anything is sent, and any other is refused', async () => {
    const { use, served, known, misbehave } = await open();
    const pinned = {
      ...known,
      'lockstep/printer-host-key': `${served.hostKey.slice(0, -1)}${served.hostKey.endsWith('A') ? 'B' : 'A'}`,
    };
    let used = false;
    const session = use(
      async () => {
        used = true;
      },
      { secrets: pinned },
    );
    await expect(session).rejects.toMatchObject({ reason: 'host-key' });
    expect(used).toBe(false);
    await misbehave({ call: 'connect', behaviour: 'other-key' });
    await expect(use((files) => files.size('a'))).rejects.toMatchObject({ reason: 'host-key' });
    expect(await use((files) => files.size('a'))).toBeUndefined();
  });

  it('must be pinned: without a fingerprint no connection is made', async () => {
    const { use, arrivals } = await open();
    const { 'host-key': _, ...secrets } = system.secrets;
    await expect(use((files) => files.size('a'), { of: { secrets } })).rejects.toMatchObject({
      reason: 'host-key',
    });
    await expect(use((files) => files.size('a'), { secrets: {} })).rejects.toMatchObject({
      reason: 'no-secret',
    });
    expect(await arrivals()).toEqual([]);
  });
});

describe('an SFTP session that cannot be opened', () => {
  it('has sent nothing: wrong password, closed port, no SSH, private address, or time over', async () => {
    const { use, known, arrivals } = await open();
    const size = (files: RemoteFiles) => files.size('a');
    const wrong = { ...known, 'lockstep/printer-password': 'another one' };
    await expect(use(size, { secrets: wrong })).rejects.toMatchObject({ reason: 'not-let-in' });
    const before = await arrivals();
    await expect(use(size, { url: (await closedPort()).replace('http', 'sftp') })).rejects.toMatchObject({
      reason: 'no-connection',
    });
    const web = await partner((_, response) => response.end('hello'));
    await expect(use(size, { url: web.url.replace('http', 'sftp') })).rejects.toMatchObject({
      reason: 'no-connection',
    });
    await expect(use(size, { privateAddresses: false })).rejects.toMatchObject({ reason: 'address-refused' });
    await expect(use(size, {}, { notAfter: Date.now() })).rejects.toMatchObject({ reason: 'too-late' });
    expect(await arrivals()).toEqual(before);
  });

  it('ends at its time limit when the server is silent', async () => {
    const { use, misbehave } = await open();
    await misbehave({ call: 'connect', behaviour: 'hang', delayMs: 10_000 });
    await expect(use((files) => files.size('a'), {}, { notAfter: Date.now() + 600 })).rejects.toMatchObject({
      reason: 'no-connection',
    });
  });
});
