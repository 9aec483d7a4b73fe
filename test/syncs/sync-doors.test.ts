import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { fakeDynamo } from './fake-dynamo.ts';
import { openDoors, reader, send } from './open-doors.ts';

let dynamo: Awaited<ReturnType<typeof fakeDynamo>>;

beforeAll(async () => {
  dynamo = await openDoors();
});

afterAll(async () => {
  await dynamo.close();
  vi.unstubAllEnvs();
});

it('POST /syncs?dry_run=true answers the plan, and leaves the Idempotency-Key free', async () => {
  const before = dynamo.puts();
  const rehearsed = await send('k1', { query: { dry_run: ['true'] } });
  expect(rehearsed).toMatchObject({
    status: 200,
    body: { grade: 'B', estimates: { calls: 6, transitions: 3 } },
  });
  expect(dynamo.puts()).toBe(before);
  expect((await send('k1')).status).toBe(202);
});

it('POST /syncs accepts a sync once, and answers a repeat the same', async () => {
  const [first, again] = [await send('k2', { headers: { Prefer: 'wait=0' } }), await send('k2')];
  expect(first).toMatchObject({ status: 202, body: { status: 'accepted', grade: 'B' } });
  expect(first.headers).toMatchObject({ location: `syncs/${first.body.sync_id}` });
  expect(first.headers).not.toHaveProperty('preference-applied');
  expect(again.text).toBe(first.text);
  expect(again.headers).toMatchObject({ 'idempotent-replayed': 'true' });
});

it('POST /syncs names invalid fields, and needs a publisher and an Idempotency-Key', async () => {
  expect(await send('k3', { body: { deadline: '2020-01-01T00:00:00Z' } })).toMatchObject({
    status: 400,
    body: { errors: [{ pointer: '/deadline' }] },
  });
  expect(await send('k3', { body: { on_commit_failure: 'shrug' } })).toMatchObject({
    status: 400,
    body: { errors: [{ pointer: '/on_commit_failure' }] },
  });
  expect(await send('k3', { body: { type: 'nothing.known' } })).toMatchObject({
    status: 422,
    body: { code: 'unknown-event-type' },
  });
  expect(await send('k3', { query: { dry_run: ['perhaps'] } })).toMatchObject({
    status: 400,
    body: { errors: [{ pointer: 'query.dry_run' }] },
  });
  expect(await send('k3', { as: reader })).toMatchObject({ status: 403 });
  expect(await send('')).toMatchObject({ status: 400, body: { code: 'idempotency-key-missing' } });
});
