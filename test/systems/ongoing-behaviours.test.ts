import { expect, it } from 'vitest';
import { misbehavingOffice } from './misbehaving-office.ts';

it('ongoing: a call is accepted, pending under queries and repeats, and then acts', async () => {
  const office = await misbehavingOffice('ongoing', { name: 'vault', call: 'prepare', delayMs: 2_000 });
  const response = await office.raw('prepare');
  expect([response.status, await response.json()]).toEqual([202, { event_id: 't', status: 'pending' }]);
  expect([await office.ask('query'), await office.ask('prepare')]).toEqual(['200 pending', '202 pending']);
  expect(await office.ask('query', { token: 'other' })).toBe('404 not-found');
  expect(await office.effects()).toEqual({});
  await expect.poll(() => office.ask('query'), { timeout: 10_000 }).toBe('200 reserved');
  expect(await office.effects()).toMatchObject({ prepare: 1 });
});

it('ongoing: a rollback meanwhile prevents the effect', async () => {
  const office = await misbehavingOffice('ongoing', { delayMs: 1_000 });
  expect(await office.ask('commit')).toBe('202 pending');
  expect(await office.ask('rollback')).toBe('404 not-found');
  const entry = async () => (await office.books()).entries[0];
  await expect
    .poll(entry, { timeout: 10_000 })
    .toMatchObject({ calls: [{ call: 'rollback' }, { call: 'commit' }] });
  expect(await office.effects()).toMatchObject({ commit: 0 });
  expect(await office.ask('query')).toBe('200 reversed');
});
