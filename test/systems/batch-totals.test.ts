import { expect, it, onTestFinished } from 'vitest';
import { serveDashboard } from '#examples/systems/dashboard.ts';
import { systemClock } from '#lib/clock.ts';
import { inAMinute } from './open-systems.ts';
import { talk } from './partner-client.ts';

const totals = (count: number) => ({ count, amount_minor: count * 2_500 });

it('the dashboard publishes the sum of a batch, and retracts it', async () => {
  const served = await serveDashboard({ clock: systemClock });
  onTestFinished(() => served.close());
  const dashboard = talk(served.url);
  const sum = { event_id: 't', ...totals(30_000) };
  const call = (name: string, more: object = {}) =>
    dashboard.post(`/totals/batch/${name}`, { ...sum, ...more });
  expect(await call('publish')).toMatchObject({ status: 409, body: { error: 'unknown-hold' } });
  expect(await call('stage', { not_after: inAMinute() })).toEqual({
    status: 200,
    body: { ...sum, status: 'staged' },
  });
  expect(await call('publish', { amount_minor: 1 })).toMatchObject({
    status: 409,
    body: { error: 'mismatch' },
  });
  for (const _ of [1, 2])
    expect(await call('publish')).toEqual({ status: 200, body: { ...sum, status: 'published' } });
  expect((await dashboard.get('/totals')).body).toEqual({ total_usd: 750_000 });
  for (const _ of [1, 2])
    expect(await call('retract')).toEqual({ status: 200, body: { ...sum, status: 'retracted' } });
  expect((await dashboard.get('/totals')).body).toEqual({ total_usd: 0 });
  expect((await dashboard.books()).entries).toMatchObject([
    { items: { count: 0, amount_minor: 0 }, effects: { prepare: 1, commit: 1, rollback: 1 } },
  ]);
});
