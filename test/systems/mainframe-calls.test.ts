import { describe, expect, it } from 'vitest';
import { fileWith, key } from './mainframe-layout.ts';
import { misbehavingMainframe, type openMainframe } from './open-mainframe.ts';

type Open = Awaited<ReturnType<typeof openMainframe>>;

/** The client's view of a call: done, refused with a status, or a lost connection. */
const outcome = async (asked: Promise<unknown>): Promise<string> =>
  asked.then(
    () => 'done',
    ({ code }: { code?: unknown }) => (typeof code === 'number' ? `status ${code}` : 'lost'),
  );
/** Longer than any answer takes. */
const silence = () => new Promise<string>((done) => setTimeout(done, 500, 'nothing'));
type Client = Awaited<ReturnType<Open['connect']>>;
const asked: Record<string, (client: Client, open: Open) => Promise<unknown>> = {
  write: ({ plain }, { at }) => plain.write(at('.void'), fileWith()),
  read: ({ plain }, { at }) => plain.read(at('.part')),
  size: ({ plain }, { at }) => plain.size(at('.part')),
  rename: ({ plain }, { at }) => plain.rename(at('.part'), at('.dat')),
  remove: ({ plain }, { at }) => plain.remove(at('.part')),
  list: ({ plain }) => plain.list('/in'),
};
/** Whether the call took effect, as a later client sees it. */
const seen: Record<string, (client: Client, open: Open) => Promise<boolean>> = {
  write: async (client, { at }) => (await client.exists(at('.void'))) !== false,
  rename: async (client, { at }) => (await client.exists(at('.part'))) === false,
  remove: async (client, { at }) => (await client.exists(at('.part'))) === false,
};

describe.each(Object.keys(asked))('%s', (call) => {
  it.each([
    ['refuse', 'status 3', false],
    ['fail', 'status 4', false],
    ['hang', 'nothing', false],
    ['late', 'done', true],
    ['slow', 'done', true],
    ['drop-before', 'lost', false],
    ['drop-after', 'lost', true],
    ['die', 'lost', false],
    ['die-after', 'lost', true],
  ])('%s: the client sees "%s", and the effect is %s', async (behaviour, answer, done) => {
    const open = await misbehavingMainframe({ call, behaviour, ...(call !== 'list' && { key }) });
    const result = outcome(asked[call]!(open.client, open));
    expect(await (behaviour === 'hang' ? Promise.race([result, silence()]) : result)).toBe(answer);
    if (behaviour.startsWith('die')) {
      await expect(open.connect()).rejects.toThrow();
      await open.served.revive();
    }
    const later = await open.connect();
    if (seen[call]) expect(await seen[call](later, open)).toBe(done);
    expect((await open.desk.books()).arrivals).toContainEqual(
      expect.objectContaining({ call, behaviour, ...(call !== 'list' && { key }) }),
    );
  });
});

describe('a file during its transfer', () => {
  it('lose: the rename is confirmed, and the file vanishes', async () => {
    const { client, at, commits } = await misbehavingMainframe({ call: 'rename', behaviour: 'lose' });
    await client.rename(at('.part'), at('.dat'));
    expect(await client.list('/in')).toEqual([]);
    expect(await commits()).toBe(0);
  });

  it('cut: the write is confirmed, and the end of the file is missing', async () => {
    const { client, at } = await misbehavingMainframe({ call: 'write', behaviour: 'cut' });
    await client.put(fileWith(), at('.part'));
    expect((await client.stat(at('.part'))).size).toBe(Math.floor((fileWith().length * 2) / 3));
  });

  it('full: the disk takes half of the file, and the write fails', async () => {
    const { client, at } = await misbehavingMainframe({ call: 'write', behaviour: 'full', key });
    await client.put(Buffer.from('an answer of another sync'), '/in/other');
    expect(await outcome(client.plain.write(at('.part'), fileWith()))).toBe('status 4');
    expect((await client.stat(at('.part'))).size).toBeLessThan(fileWith().length);
  });

  it('cut: half of the file is read', async () => {
    const { client, at } = await misbehavingMainframe({ call: 'read', behaviour: 'cut' });
    expect(((await client.get(at('.part'))) as Buffer).length).toBe(fileWith().length / 2);
    expect(((await client.get(at('.part'))) as Buffer).equals(fileWith())).toBe(true);
  });
});
