import { expect, it } from 'vitest';
import { inAMinute, openSystems, order } from './open-systems.ts';

const lost = { name: expect.stringMatching(/TypeError|TimeoutError/) };
const effects = async ({ books }: { books: () => Promise<{ entries: Record<string, unknown>[] }> }) =>
  ((await books()).entries[0]?.effects as Record<string, number> | undefined)?.authorize ?? 0;

it('refuse: a refused authorization stays refused', async () => {
  const { clearinghouse } = await openSystems();
  await clearinghouse.misbehave({ call: 'authorize', behaviour: 'refuse' });
  for (const _ of [1, 2])
    expect(await clearinghouse.post('/authorizations', order())).toEqual({
      status: 402,
      body: { error: 'declined' },
    });
  expect(await clearinghouse.post('/authorizations', order({ key: 'other' }))).toMatchObject({ status: 201 });
});

it.each(['capture', 'void', 'refund'])('refuse: an authorization expires before %s', async (call) => {
  const { clearinghouse } = await openSystems();
  await clearinghouse.post('/authorizations', order());
  if (call === 'refund') await clearinghouse.post('/authorizations/k/capture');
  await clearinghouse.misbehave({ call, behaviour: 'refuse' });
  for (const _ of [1, 2])
    expect(await clearinghouse.post(`/authorizations/k/${call}`)).toEqual({
      status: 410,
      body: { error: 'expired' },
    });
});

it('refuse: the eligibility check is negative, and stays so', async () => {
  const { eligibility } = await openSystems();
  await eligibility.misbehave({ call: 'check', behaviour: 'refuse' });
  const check = (key: string) => eligibility.post('/checks', { key, slot: 7, not_after: inAMinute() });
  for (const eligible of [false, false])
    expect(await check('a')).toEqual({ status: 200, body: { eligible } });
  expect(await check('b')).toEqual({ status: 200, body: { eligible: true } });
});

it('fail: the call fails without an effect', async () => {
  const { clearinghouse } = await openSystems();
  await clearinghouse.misbehave({ call: '*', behaviour: 'fail', times: 2 });
  for (const status of [500, 500, 201])
    expect(await clearinghouse.post('/authorizations', order())).toMatchObject({ status });
  expect(await effects(clearinghouse)).toBe(1);
  expect((await clearinghouse.books()).arrivals.map(({ behaviour }) => behaviour)).toEqual([
    'fail',
    'fail',
    undefined,
  ]);
});

it('hang: the call hangs without an effect, until the server closes', async () => {
  const { clearinghouse, close } = await openSystems();
  await clearinghouse.misbehave({ call: 'authorize', behaviour: 'hang' });
  const call = clearinghouse.post('/authorizations', order()).catch((error: unknown) => error);
  await expect.poll(async () => (await clearinghouse.books()).arrivals.length).toBe(1);
  expect(await effects(clearinghouse)).toBe(0);
  await close();
  expect(await call).toMatchObject(lost);
});

it('late: the call acts after its caller has gone, and finds an earlier tombstone', async () => {
  const { clearinghouse } = await openSystems();
  await clearinghouse.misbehave({ call: 'authorize', behaviour: 'late', times: 2, delayMs: 200 });
  const gone = (key: string) =>
    fetch(`${clearinghouse.url}/authorizations`, {
      method: 'POST',
      body: JSON.stringify(order({ key })),
      signal: AbortSignal.timeout(50),
    });
  await expect(gone('k')).rejects.toMatchObject(lost);
  await expect(gone('voided')).rejects.toMatchObject(lost);
  expect(await clearinghouse.post('/authorizations/voided/void')).toMatchObject({ status: 200 });
  expect(await effects(clearinghouse)).toBe(0);
  const authorizes = async () => {
    const { entries } = await clearinghouse.books();
    return Object.fromEntries(
      entries.map(({ key, state, calls }) => [key, `${state} ${(calls as unknown[]).length}`]),
    );
  };
  await expect.poll(authorizes).toEqual({ k: 'authorized 1', voided: 'voided 2' });
});

it('late: notAfter is judged by the time of arrival', async () => {
  const { clearinghouse } = await openSystems();
  await clearinghouse.misbehave({ call: 'authorize', behaviour: 'late', delayMs: 400 });
  const soon = order({ not_after: new Date(Date.now() + 300).toISOString() });
  expect(await clearinghouse.post('/authorizations', soon)).toMatchObject({ status: 201 });
});

it('slow: the call acts at once and answers slowly', async () => {
  const { clearinghouse } = await openSystems();
  await clearinghouse.misbehave({ call: 'authorize', behaviour: 'slow', delayMs: 1_000 });
  let answered = false;
  const call = clearinghouse.post('/authorizations', order()).finally(() => {
    answered = true;
  });
  await expect.poll(() => effects(clearinghouse), { interval: 10 }).toBe(1);
  expect(answered).toBe(false);
  expect(await call).toMatchObject({ status: 201 });
});

it.each([
  ['drop-before', 0],
  ['drop-after', 1],
])('%s: the connection breaks, with %i effects', async (behaviour, count) => {
  const { clearinghouse } = await openSystems();
  await clearinghouse.misbehave({ call: 'authorize', behaviour });
  await expect(clearinghouse.post('/authorizations', order())).rejects.toMatchObject(lost);
  expect(await effects(clearinghouse)).toBe(count);
  expect(await clearinghouse.post('/authorizations', order())).toMatchObject({ status: count ? 200 : 201 });
});

it('an order affects only the calls that it names, and can be cleared', async () => {
  const { clearinghouse } = await openSystems();
  await clearinghouse.misbehave({ call: 'capture', behaviour: 'fail', times: 9 });
  expect(await clearinghouse.post('/authorizations', order())).toMatchObject({ status: 201 });
  expect(await clearinghouse.post('/authorizations/k/capture')).toMatchObject({ status: 500 });
  expect(await clearinghouse.clear()).toEqual({ status: 200, body: { orders: [] } });
  expect(await clearinghouse.post('/authorizations/k/capture')).toMatchObject({ status: 200 });
});
