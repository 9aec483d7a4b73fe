import { marshall } from '@aws-sdk/util-dynamodb';
import type { Context } from 'aws-lambda';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { hashOf, mintKey } from '#domain/access/api-keys.ts';
import { keys } from '#domain/keys.ts';
import { outsideTokenOf } from '#domain/syncs/outside-token.ts';
import { handler as planOf } from '#functions/api/v1/rollbacks.[token].plan.get.ts';
import { handler as ledgerOf } from '#functions/api/v1/syncs.[syncId].ledger.get.ts';
import { handler as list } from '#functions/api/v1/syncs.get.ts';
import { handler as post } from '#functions/api/v1/syncs.post.ts';
import { stubDoor } from '#test/lib/door-environment.ts';
import { ask, proxyEvent, requestId } from '#test/lib/proxy-event.ts';
import { fakeDynamo } from './fake-dynamo.ts';
import { tenant } from './syncs-world.ts';

let dynamo: Awaited<ReturnType<typeof fakeDynamo>>;
const [publisher, reader, stranger] = [mintKey(tenant), mintKey(tenant), mintKey('other')];
const bearer = (key: string) => ({ Authorization: `Bearer ${key}` });
const sync = { type: 'benefit_adjusted', payload: { state: 'OH', delta_usd: 25 } };
const send = (
  key: string,
  more: {
    body?: object;
    query?: Record<string, string[]>;
    headers?: Record<string, string>;
    as?: string;
  } = {},
) =>
  ask(post, {
    method: 'POST',
    path: '/api/v1/syncs',
    headers: {
      ...bearer(more.as ?? publisher),
      'Idempotency-Key': key,
      'Content-Type': 'application/json',
      ...more.headers,
    },
    body: JSON.stringify({ ...sync, ...more.body }),
    ...(more.query && { query: more.query }),
  });

beforeAll(async () => {
  dynamo = await fakeDynamo();
  stubDoor();
  const { endpoint, region, credentials } = dynamo.at;
  const aws = {
    AWS_ENDPOINT_URL: endpoint,
    AWS_REGION: region,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
  };
  const set = {
    LEDGER: 'Ledger',
    SYSTEMS: 'debit,cheques,dashboard',
    MAX_WAIT_SECONDS: '20',
    SYNC_DEADLINE_SECONDS: '3600',
    WATCHDOG_SECONDS: '120',
    KEY_CACHE_SECONDS: '60',
    WAIT_SECONDS: '5',
    REFUSED_COMMITS: '3',
    BATCH_LEG_SECONDS: '10',
  };
  for (const [name, value] of Object.entries({ ...aws, ...set })) vi.stubEnv(name, value);
  const access = (whose: string, all: [string, string][]) =>
    dynamo.put(
      'Table',
      marshall({
        ...keys.access(whose),
        v: 1,
        keys: Object.fromEntries(
          all.map(([key, role], i) => [`k${i}`, { hash: hashOf(key), role, createdAt: '' }]),
        ),
      }),
    );
  access(tenant, [
    [publisher, 'publisher'],
    [reader, 'operator'],
  ]);
  access('other', [[stranger, 'publisher']]);
});

afterAll(async () => {
  await dynamo.close();
  vi.unstubAllEnvs();
});

it('a dry run answers with the plan, and leaves its key free', async () => {
  const before = dynamo.puts();
  const rehearsed = await send('k1', { query: { dry_run: ['true'] } });
  expect(rehearsed).toMatchObject({
    status: 200,
    body: { grade: 'B', estimates: { calls: 6, transitions: 3 } },
  });
  expect(dynamo.puts()).toBe(before);
  expect((await send('k1')).status).toBe(202);
});

it('a sync is accepted once, and its repeat is told the same', async () => {
  const [first, again] = [await send('k2', { headers: { Prefer: 'wait=0' } }), await send('k2')];
  expect(first).toMatchObject({ status: 202, body: { status: 'accepted', grade: 'B' } });
  expect(first.headers).toMatchObject({ location: `syncs/${first.body.sync_id}` });
  expect(first.headers).not.toHaveProperty('preference-applied');
  expect(again.text).toBe(first.text);
  expect(again.headers).toMatchObject({ 'idempotent-replayed': 'true' });
});

it('a request that is not right names what is wrong, and needs a publisher and a key', async () => {
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

it('the ledger of a sync is the tenant’s, as JSON or a row a line', async () => {
  const { body } = await send('k4');
  const [item] = dynamo.items('Table').filter(({ syncId }) => syncId === body.sync_id);
  dynamo.put(
    'Ledger',
    marshall({ ...keys.ledger(tenant, outsideTokenOf(tenant, body.sync_id), 1), rows: item?.rows }),
  );
  const read = (key: string) =>
    ask(ledgerOf, { headers: bearer(key), pathParameters: { syncId: body.sync_id.toUpperCase() } });
  const json = await read(reader);
  expect(json.body.items).toMatchObject([
    { action: 'accept', event_id: body.sync_id },
    { action: 'policy' },
    { action: 'policy' },
    { action: 'policy' },
  ]);
  const event = proxyEvent({
    headers: { ...bearer(reader), Accept: 'application/x-ndjson' },
    pathParameters: { syncId: body.sync_id },
  });
  const lines = await ledgerOf(event, { awsRequestId: requestId } as Context);
  expect(lines.headers).toMatchObject({ 'Content-Type': 'application/x-ndjson', Vary: 'Accept' });
  expect(
    lines.body
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line)),
  ).toEqual(json.body.items);
  expect(await read(stranger)).toMatchObject({ status: 404 });
});

it('the plan of an undo is there before the sync and after, with a tag', async () => {
  const read = (syncId: string) =>
    ask(planOf, { headers: bearer(reader), pathParameters: { token: syncId } });
  const none = await read('00000000-0000-4000-8000-000000000000');
  expect(none).toMatchObject({ status: 200, body: { regime: 'before it came', possible: true } });
  const { body } = await send('k5');
  const plan = await read(body.sync_id);
  expect(plan).toMatchObject({ status: 200, body: { regime: 'before decision' } });
  expect(plan.headers.etag).not.toBe(none.headers.etag);
});

it('the list takes its filters, and refuses others', async () => {
  const read = (query: Record<string, string[]>) => ask(list, { headers: bearer(reader), query });
  expect(
    await read({ state: ['parked'], type: ['benefit_adjusted'], since: ['2027-01-15T09:00:00+01:00'] }),
  ).toMatchObject({
    status: 200,
    body: { items: [] },
  });
  expect(await read({ state: ['lost'] })).toMatchObject({
    status: 400,
    body: { errors: [{ pointer: 'query.state' }] },
  });
  expect(await read({ since: ['yesterday'] })).toMatchObject({
    status: 400,
    body: { errors: [{ pointer: 'query.since' }] },
  });
});
