import { describe, expect, it } from 'vitest';
import type { RemoteFiles } from '#systems/protocol.ts';
import { handClock } from '#test/platform.ts';
import { nobody, partner } from '#test/systems/programmed-partner.ts';
import { open, system } from './sftp-line.ts';

describe('the host key', () => {
  it('is compared with the one that is pinned before anything is sent, and another one is nobody we know', async () => {
    const { use, served, known, told } = await open();
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
    await told({ call: 'connect', behaviour: 'other-key' });
    await expect(use((files) => files.size('a'))).rejects.toMatchObject({ reason: 'host-key' });
    expect(await use((files) => files.size('a'))).toBeUndefined();
  });

  it('must be pinned: without one nobody is called', async () => {
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

describe('a session that does not come about', () => {
  it('has sent nothing: another password, nobody there, no SSH, a private address, its time over', async () => {
    const { use, known, arrivals } = await open();
    const size = (files: RemoteFiles) => files.size('a');
    const wrong = { ...known, 'lockstep/printer-password': 'another one' };
    await expect(use(size, { secrets: wrong })).rejects.toMatchObject({ reason: 'not-let-in' });
    const before = await arrivals();
    await expect(use(size, { url: (await nobody()).replace('http', 'sftp') })).rejects.toMatchObject({
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

  it('ends where nobody answers, at the latest when its time is over', async () => {
    const { use, told } = await open();
    await told({ call: 'connect', behaviour: 'hang', delayMs: 10_000 });
    const { clock } = handClock();
    const soon = { notAfter: clock.now() + 300 };
    await expect(use((files) => files.size('a'), { clock }, soon)).rejects.toMatchObject({
      reason: 'no-connection',
    });
  });
});
