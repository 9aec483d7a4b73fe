import { expect, it } from 'vitest';
import { misbehavingOffice } from './misbehaving-office.ts';
import { type Office, openOffice } from './open-office.ts';
import { openSystems, order } from './open-systems.ts';

const lost = { name: expect.stringMatching(/TypeError|TimeoutError/) };

it('html: an HTML page comes instead of an answer, without an effect', async () => {
  const office = await misbehavingOffice('html');
  const response = await office.raw('commit');
  expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/html']);
  expect(await response.text()).toMatch(/^<!doctype html>/);
  expect(await office.effects()).toEqual({});
});

it('error-200: a refusal comes inside a 200, without an effect', async () => {
  const office = await misbehavingOffice('error-200');
  expect(await office.ask('commit')).toBe('200 refused');
  expect((await office.books()).entries).toEqual([]);
});

it('redirect: a redirect comes, without an effect', async () => {
  const office = await misbehavingOffice('redirect');
  const response = await office.raw('commit');
  expect([response.status, response.headers.get('location')]).toEqual([302, 'https://elsewhere.invalid/']);
  expect(await office.effects()).toEqual({});
});

it('busy: a 429 with Retry-After comes, without an effect', async () => {
  const office = await misbehavingOffice('busy');
  const response = await office.raw('commit');
  expect([response.status, response.headers.get('retry-after')]).toEqual([429, '2']);
  expect(await office.effects()).toEqual({});
  expect(await office.ask('commit')).toBe('200 loaded');
});

it('refuse: the first call is refused, the next one acts', async () => {
  const office = await misbehavingOffice('refuse');
  expect([await office.ask('commit'), await office.ask('commit')]).toEqual(['422 declined', '200 loaded']);
});

it('wrong-id: the call acts, and answers with another id', async () => {
  const office = await misbehavingOffice('wrong-id');
  expect(await (await office.raw('commit')).json()).toEqual({
    event_id: '00000000-0000-4000-8000-000000000000',
    status: 'loaded',
  });
  expect(await office.effects()).toMatchObject({ commit: 1 });
});

it('wrong-id: replaces the id in any field of an answer', async () => {
  const { clearinghouse } = await openSystems();
  await clearinghouse.misbehave({ call: 'authorize', behaviour: 'wrong-id' });
  expect((await clearinghouse.post('/authorizations', order())).body.authorization).not.toBe('k');
});

it('oversized: the call acts, and its answer exceeds every limit', async () => {
  const office = await misbehavingOffice('oversized');
  expect((await (await office.raw('commit')).text()).length).toBeGreaterThan(2_000_000);
  expect(await office.effects()).toMatchObject({ commit: 1 });
});

it('endless: the call acts, and its answer never ends', async () => {
  const office = await misbehavingOffice('endless');
  const response = await office.raw('commit');
  expect(response.status).toBe(200);
  const reader = response.body!.getReader();
  for (const _ of [1, 2, 3]) expect(await reader.read()).toMatchObject({ done: false });
  await reader.cancel();
  expect(await office.effects()).toMatchObject({ commit: 1 });
});

it('cut: the call acts, and its answer breaks off', async () => {
  const office = await misbehavingOffice('cut');
  const response = await office.raw('commit');
  expect(response.status).toBe(200);
  await expect(response.text()).rejects.toMatchObject({ name: 'TypeError' });
  expect(await office.effects()).toMatchObject({ commit: 1 });
});

it.each<[Office, number]>([
  ['debit', 1],
  ['letters', 2],
])('repeat: at %s a doubled call takes effect %i times', async (name, times) => {
  const office = await misbehavingOffice('repeat', { name });
  expect(await office.ask('commit')).toMatch(/^200 /);
  expect(await office.effects()).toMatchObject({ commit: times });
});

it('query can misbehave like any other call', async () => {
  const office = await openOffice('debit');
  await office.ask('commit');
  for (const behaviour of [
    'refuse',
    'fail',
    'busy',
    'error-200',
    'ongoing',
    'repeat',
    'wrong-id',
    'drop-after',
    'cut',
  ])
    await office.misbehave({ call: 'query', behaviour, delayMs: 0 });
  const answers = [];
  for (let at = 0; at < 6; at += 1) answers.push(await office.ask('query'));
  expect(answers).toEqual([
    '422 declined',
    '500 failed',
    '429 busy',
    '200 refused',
    '202 pending',
    '200 loaded',
  ]);
  expect(await (await office.raw('query')).json()).not.toMatchObject({ event_id: 't' });
  await expect(office.ask('query')).rejects.toMatchObject(lost);
  await expect(office.ask('query')).rejects.toMatchObject({ name: 'TypeError' });
  expect(await office.ask('query')).toBe('200 loaded');
  expect(await office.effects()).toMatchObject({ commit: 1 });
});
