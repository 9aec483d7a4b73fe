import { describe, expect, it } from 'vitest';
import { fileWith, items, token } from './mainframe-layout.ts';
import { misbehavingMainframe } from './open-mainframe.ts';

const patience = { timeout: 10_000 };

describe('the mainframe’s job', () => {
  const answered = ({ client, at }: Awaited<ReturnType<typeof misbehavingMainframe>>) =>
    expect.poll(() => client.exists(at('.rsp')), patience);
  const sent = async (order: object) => {
    const open = await misbehavingMainframe({ call: 'process', ...order });
    await open.client.rename(open.at('.part'), open.at('.dat'));
    return open;
  };

  it('refuse: refuses a file, and judges it again when it is brought again', async () => {
    const open = await sent({ behaviour: 'refuse' });
    await answered(open).toBe('-');
    expect(await open.text(open.client, '.rsp')).toBe(
      `token=${token} kind=LOAD status=REJECTED reason=declined\n`,
    );
    await open.client.delete(open.at('.rsp'));
    await open.bring(open.client);
    await answered(open).toBe('-');
    expect(await open.text(open.client, '.rsp')).toContain('ACCEPTED');
    expect(await open.commits()).toBe(1);
  });

  it('refuse: refuses because of one item, only in the file that has it', async () => {
    const open = await sent({ behaviour: 'refuse', item: 'zz' });
    await answered(open).toBe('-');
    expect(await open.text(open.client, '.rsp')).toContain('ACCEPTED');
    const other = 'f'.repeat(32);
    const bytes = fileWith({
      token: other,
      sequence: '1800000060000999',
      items: [...items, { id: 'zz', amount_minor: 1 }],
    });
    await open.client.put(bytes, `/in/LS-${other}.dat`);
    await expect.poll(() => open.client.exists(`/in/LS-${other}.rsp`), patience).toBe('-');
    expect(String(await open.client.get(`/in/LS-${other}.rsp`))).toContain(
      'status=REJECTED reason=declined item=zz',
    );
  });

  it('repeat: processes a file twice, with one effect', async () => {
    const open = await sent({ behaviour: 'repeat' });
    await answered(open).toBe('-');
    expect((await open.books()).entry).toMatchObject({
      effects: { commit: 1 },
      calls: [{ call: 'commit' }, { call: 'commit' }],
    });
  });

  it.each(['ongoing', 'slow'])('%s: answers later', async (behaviour) => {
    const open = await sent({ behaviour });
    await answered(open).toBe('-');
    expect([await open.client.exists(open.at('.dat')), await open.commits()]).toEqual([false, 1]);
  });

  it.each([
    ['ongoing', 0],
    ['slow', 1],
  ])(
    '%s: has %i effects when it is killed before its answer, and one after it was revived',
    async (behaviour, effects) => {
      const open = await sent({ behaviour, delayMs: 60_000 });
      await expect
        .poll(async () => (await open.books()).arrivals, patience)
        .toContainEqual(expect.objectContaining({ behaviour }));
      expect([await open.client.exists(open.at('.rsp')), await open.commits()]).toEqual([false, effects]);
      await open.served.kill();
      await open.served.revive();
      const client = await open.connect();
      await expect.poll(() => client.exists(open.at('.rsp')), patience).toBe('-');
      expect([await client.exists(open.at('.dat')), await open.commits()]).toEqual([false, 1]);
    },
  );

  it('ongoing: does not book a file that is voided meanwhile', async () => {
    const open = await sent({ behaviour: 'ongoing', delayMs: 60_000 });
    await open.client.put(Buffer.alloc(0), open.at('.void'));
    await open.served.kill();
    await open.served.revive();
    const client = await open.connect();
    await expect.poll(() => client.exists(open.at('.rsp')), patience).toBe('-');
    expect(await open.text(client, '.rsp')).toContain('REJECTED reason=voided');
    expect(await open.commits()).toBe(0);
  });

  it.each([
    ['hang', '-'],
    ['lose', false],
  ])('%s: never answers', async (behaviour, left) => {
    const open = await sent({ behaviour });
    await expect
      .poll(async () => JSON.stringify((await open.books()).arrivals), patience)
      .toContain(behaviour);
    expect([await open.client.exists(open.at('.dat')), await open.client.exists(open.at('.rsp'))]).toEqual([
      left,
      false,
    ]);
    expect(await open.commits()).toBe(0);
  });

  it.each([
    ['cut', `token=${token} kind=LOAD status`],
    ['wrong-id', `token=${'0'.repeat(32)} kind=LOAD status=ACCEPTED`],
  ])('%s: books the file, and its answer is invalid', async (behaviour, line) => {
    const open = await sent({ behaviour });
    await answered(open).toBe('-');
    expect(await open.text(open.client, '.rsp')).toMatch(new RegExp(`^${line}`));
    expect(await open.text(open.client, '.rsp')).not.toContain(
      `token=${token} kind=LOAD status=ACCEPTED count=3 amount`,
    );
    expect(await open.commits()).toBe(1);
  });

  it.each(['die', 'die-after'])('%s: books the waiting file once after it was revived', async (behaviour) => {
    const open = await sent({ behaviour });
    const connects = () =>
      open.connect().then(
        () => true,
        () => false,
      );
    await expect.poll(connects, patience).toBe(false);
    await open.served.revive();
    const client = await open.connect();
    await expect.poll(() => client.exists(open.at('.rsp')), patience).toBe('-');
    expect(await open.text(client, '.rsp')).toContain('ACCEPTED');
    expect([await open.commits(), await client.exists(open.at('.dat'))]).toEqual([1, false]);
  });
});
