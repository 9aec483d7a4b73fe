import { expect, it } from 'vitest';
import { openOffice } from './open-office.ts';

const lost = { name: expect.stringMatching(/TypeError|TimeoutError/) };
const patience = { timeout: 10_000 };
type Opened = Awaited<ReturnType<typeof openOffice>>;
// A client with a kept connection needs one call to notice that it is closed.
const health = (office: Opened) => office.get('/health').catch((error: Error) => error.cause);
const alive = (office: Opened) => expect.poll(() => health(office), patience).toMatchObject({ status: 200 });
const gone = (office: Opened) =>
  expect.poll(() => health(office), patience).toMatchObject({ code: 'ECONNREFUSED' });

it('a killed office refuses connections, and comes back on the same port with its books', async () => {
  const office = await openOffice('vault');
  await office.ask('prepare');
  await office.kill();
  await expect(office.ask('commit')).rejects.toMatchObject(lost);
  await gone(office);
  await expect(office.misbehave({ call: '*', behaviour: 'fail' })).rejects.toMatchObject(lost);
  await office.revive();
  await alive(office);
  expect([await office.ask('query'), await office.ask('commit')]).toEqual(['200 reserved', '200 paid']);
});

it.each([
  ['die', 0],
  ['die-after', 1],
])(
  '%s: the caller is cut off, with %i effects, and the office refuses connections',
  async (behaviour, commits) => {
    const office = await openOffice('debit');
    await office.misbehave({ call: 'commit', behaviour });
    await expect(office.ask('commit')).rejects.toMatchObject(lost);
    await gone(office);
    await office.revive();
    await alive(office);
    expect((await office.effects()).commit ?? 0).toBe(commits);
    expect(await office.ask('commit')).toBe('200 loaded');
    expect(await office.effects()).toMatchObject({ commit: 1 });
  },
);

it('a killed office loses calls that it had only accepted', async () => {
  const office = await openOffice('debit');
  await office.misbehave({ call: 'commit', behaviour: 'ongoing', delayMs: 60_000 });
  expect([await office.ask('commit'), await office.ask('query')]).toEqual(['202 pending', '200 pending']);
  await office.kill();
  await office.revive();
  await alive(office);
  expect(await office.ask('query')).toBe('404 not-found');
});

it('an office can be killed twice, and revived while it runs', async () => {
  const office = await openOffice('dashboard');
  await Promise.all([office.kill(), office.kill()]);
  await office.kill();
  await office.revive();
  await office.revive();
  await alive(office);
});
