import { describe, expect, it } from 'vitest';
import { openMainframe } from './open-mainframe.ts';

describe('a connection to the mainframe', () => {
  it.each(['refuse', 'hang', 'drop-before', 'other-key'])(
    '%s: the connection fails, and the next one succeeds',
    async (behaviour) => {
      const open = await openMainframe();
      await open.desk.misbehave({ call: 'connect', behaviour });
      await expect(open.connect({ readyTimeout: 500 })).rejects.toThrow();
      expect(await (await open.connect()).cwd()).toBe('/in');
      expect((await open.books()).arrivals.map(({ call, behaviour }) => [call, behaviour])).toEqual([
        ['connect', behaviour],
        ['connect', undefined],
      ]);
    },
  );

  it('other-key: a client that does not verify the host key would get in', async () => {
    const open = await openMainframe();
    await open.desk.misbehave({ call: 'connect', behaviour: 'other-key' });
    const client = await open.connect({
      hostVerifier: (bytes: Buffer) => open.fingerprint(bytes) !== open.served.hostKey,
    });
    expect(await client.cwd()).toBe('/in');
  });

  it('die: every later connection is refused', async () => {
    const open = await openMainframe();
    await open.desk.misbehave({ call: 'connect', behaviour: 'die' });
    await expect(open.connect()).rejects.toThrow();
    await expect(open.desk.get('/health')).rejects.toThrow();
  });
});
