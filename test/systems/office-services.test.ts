import { expect, it } from 'vitest';
import { serveDebit } from '#examples/systems/debit.ts';
import { openOffice } from './open-office.ts';
import { openSystems } from './open-systems.ts';

it('the vault holds a sum for an hour, and answers the hold’s end', async () => {
  const time = { now: Date.parse('2030-01-01T00:00:00Z') };
  const vault = await openOffice('vault', { now: () => time.now });
  expect(await (await vault.raw('prepare', { not_after: '2030-01-02T00:00:00Z' })).json()).toEqual({
    event_id: 't',
    status: 'reserved',
    reserved_until: '2030-01-01T01:00:00.000Z',
  });
  time.now += 3_600_001;
  expect(await vault.ask('commit', { not_after: '2030-01-02T00:00:00Z' })).toBe('409 unknown-hold');
});

it('the dashboard shows the total of what is published', async () => {
  const dashboard = await openOffice('dashboard');
  for (const [token, delta_usd] of [
    ['a', 25],
    ['b', 12.5],
    ['c', 1_000],
  ] as const)
    await dashboard.ask('prepare', { token, delta_usd });
  for (const token of ['a', 'b']) await dashboard.ask('commit', { token });
  expect(await dashboard.get('/totals')).toEqual({ status: 200, body: { total_usd: 37.5 } });
  await dashboard.ask('rollback', { token: 'a' });
  expect(await dashboard.get('/totals')).toEqual({ status: 200, body: { total_usd: 12.5 } });
});

it('debit refuses every call without its API key', async () => {
  const debit = await serveDebit({ clock: { now: () => 0 }, apiKey: 'ours' });
  const load = async (headers: Record<string, string>) => {
    const body = JSON.stringify({ event_id: 't', state: 'OH', delta_usd: 25 });
    const response = await fetch(`${debit.url}/v2/load`, { method: 'POST', headers, body });
    return [response.status, await response.json()];
  };
  try {
    for (const headers of [{}, { 'x-api-key': 'debit-demo-key' }] as Record<string, string>[])
      expect(await load(headers)).toEqual([401, { error: 'unauthorized' }]);
    expect(await (await fetch(`${debit.url}/books`)).json()).toEqual({ entries: [], arrivals: [] });
    expect(await load({ 'x-api-key': 'ours' })).toEqual([200, { event_id: 't', status: 'loaded' }]);
  } finally {
    await debit.close();
  }
});

it('the demo serves debit, cheques and dashboard', async () => {
  const { debit, cheques, dashboard } = await openSystems();
  for (const office of [debit, cheques, dashboard])
    expect(await office.get('/health')).toMatchObject({ status: 200 });
  expect(await debit.get('/v2/load/t')).toEqual({ status: 404, body: { event_id: 't', error: 'not-found' } });
});
