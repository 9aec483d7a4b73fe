import { expect, it } from 'vitest';
import { told } from './misbehaving-office.ts';

it('ongoing: accepts, is pending to whoever asks or repeats, then acts', async () => {
  const office = await told('ongoing', { name: 'vault', call: 'prepare', delayMs: 2_000 });
  const response = await office.raw('prepare');
  expect([response.status, await response.json()]).toEqual([202, { event_id: 't', status: 'pending' }]);
  expect([await office.ask('query'), await office.ask('prepare')]).toEqual(['200 pending', '202 pending']);
  expect(await office.ask('query', { token: 'other' })).toBe('404 not-found');
  expect(await office.effects()).toEqual({});
  await expect.poll(() => office.ask('query'), { timeout: 60_000 }).toBe('200 reserved');
  expect(await office.effects()).toMatchObject({ prepare: 1 });
});

it('ongoing: what is rolled back meanwhile is not done afterwards', async () => {
  const office = await told('ongoing', { delayMs: 1_000 });
  expect(await office.ask('commit')).toBe('202 pending');
  expect(await office.ask('rollback')).toBe('404 not-found');
  const entry = async () => (await office.books()).entries[0];
  await expect
    .poll(entry, { timeout: 60_000 })
    .toMatchObject({ calls: [{ call: 'rollback' }, { call: 'commit' }] });
  expect(await office.effects()).toMatchObject({ commit: 0 });
  expect(await office.ask('query')).toBe('200 reversed');
});
