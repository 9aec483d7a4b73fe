import { gzipSync } from 'node:zlib';
import { marshall } from '@aws-sdk/util-dynamodb';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { hashOf, mintKey } from '#domain/access/api-key.ts';
import { keys } from '#domain/keys.ts';
import { handler as read } from '#functions/api/v1/syncs.[syncId].get.ts';
import { handler as items } from '#functions/api/v1/syncs.[syncId].items.get.ts';
import { handler as post } from '#functions/api/v1/syncs.post.ts';
import { handler as upload } from '#functions/api/v1/uploads.post.ts';
import { stubDoor } from '#test/lib/door-environment.ts';
import { fakeS3 } from '#test/lib/fake-s3.ts';
import { ask } from '#test/lib/proxy-event.ts';
import { fakeDynamo } from '#test/syncs/fake-dynamo.ts';
import { cents, lines, paymentAt, tenant } from './items.ts';

let dynamo: Awaited<ReturnType<typeof fakeDynamo>>;
let s3: Awaited<ReturnType<typeof fakeS3>>;
const [publisher, operator, stranger] = [mintKey(tenant), mintKey(tenant), mintKey('other')];
const change = { type: 'benefit_adjusted', payload: { state: 'OH', delta_usd: 25 } };
const headers = (key: string, as = publisher) => ({
  ...{ Authorization: `Bearer ${as}`, 'Idempotency-Key': key, 'Content-Type': 'application/json' },
});
const begin = (key: string, body: object, as?: string) =>
  ask(upload, { method: 'POST', path: '/api/v1/uploads', headers: headers(key, as), body: JSON.stringify(body) });
const send = (key: string, more: object, query?: Record<string, string[]>) =>
  ask(post, {
    ...{ method: 'POST', path: '/api/v1/syncs', headers: headers(key), body: JSON.stringify({ ...change, ...more }) },
    ...(query && { query }),
  });
const get = (handler: unknown, syncId: string, query: Record<string, string[]> = {}, as = publisher) =>
  ask(handler, { headers: { Authorization: `Bearer ${as}` }, pathParameters: { syncId }, query });
/** Uploads these lines as a publisher does: a place first, then a plain PUT. */
async function sent(key: string, count: number, body: string = lines(count), gzip = false) {
  const told = await begin(key, { count, amount_minor: count * cents, ...(gzip && { content_encoding: 'gzip' }) });
  const put = await fetch(told.body.url, { method: told.body.method, headers: told.body.headers, body: gzip ? gzipSync(body) : body });
  expect(put.status).toBe(200);
  return told.body.upload_id as string;
}

beforeAll(async () => {
  [dynamo, s3] = await Promise.all([fakeDynamo(), fakeS3()]);
  stubDoor();
  const { endpoint, region, credentials } = dynamo.at;
  const aws = {
    ...{ AWS_ENDPOINT_URL: endpoint, AWS_ENDPOINT_URL_S3: s3.at.endpoint, AWS_REGION: region },
    ...{ AWS_ACCESS_KEY_ID: credentials.accessKeyId, AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey },
  };
  const set = {
    ...{ BATCHES: 'batches', LEDGER: 'Ledger', SYSTEMS: 'debit,dashboard', MAX_WAIT_SECONDS: '20', SYNC_DEADLINE_SECONDS: '3600' },
    ...{ WATCHDOG_SECONDS: '120', WAIT_SECONDS: '5', REFUSED_COMMITS: '3', BATCH_LEG_SECONDS: '30' },
  };
  for (const [name, value] of Object.entries({ ...aws, ...set })) vi.stubEnv(name, value);
  const access = (whose: string, all: [string, string][]) => {
    const kept = Object.fromEntries(all.map(([key, role], i) => [`k${i}`, { hash: hashOf(key), role, createdAt: '' }]));
    dynamo.put('Table', marshall({ ...keys.access(whose), v: 1, keys: kept }));
  };
  access(tenant, [
    [publisher, 'publisher'],
    [operator, 'operator'],
  ]);
  access('other', [[stranger, 'publisher']]);
});

afterAll(async () => {
  await Promise.all([dynamo.close(), s3.close()]);
  vi.unstubAllEnvs();
});

it('a publisher gets a place for a batch, the same for the same request', async () => {
  const declared = { count: 3, amount_minor: 3 * cents };
  const [first, again, other] = [await begin('u1', declared), await begin('"u1"', declared), await begin('u1', { ...declared, count: 4 })];
  expect(first).toMatchObject({ status: 201, body: { method: 'PUT', headers: { 'Content-Type': 'application/x-ndjson' } } });
  expect(new URL(first.body.url).pathname).toBe(`/batches/uploads/${tenant}/${first.body.upload_id}`);
  expect(again.body.upload_id).toBe(first.body.upload_id);
  expect(other.body.upload_id).not.toBe(first.body.upload_id);
  expect(await begin('u1', declared, operator)).toMatchObject({ status: 403 });
  expect(await begin('', declared)).toMatchObject({ status: 400, body: { code: 'idempotency-key-missing' } });
});

it('what is declared is read strictly', async () => {
  const good = { count: 3, amount_minor: 7_500 };
  for (const [field, value] of [
    ...([0, -1, 1.5, 1_000_001, '3', null].map((count) => ['count', count]) as [string, unknown][]),
    ...([2 ** 53, 1.5, '1'].map((amount) => ['amount_minor', amount]) as [string, unknown][]),
    ...([
      ['content_encoding', 'br'],
      ['more', 1],
    ] as [string, unknown][]),
  ])
    expect(await begin('u2', { ...good, [field]: value }), `${field} ${value}`).toMatchObject({
      status: 400,
      body: { errors: [{ pointer: `/${field}` }] },
    });
});

it('a batch is uploaded, rehearsed, accepted once, and its items are listed', async () => {
  const upload = await sent('u3', 30, lines(30), true);
  const rehearsed = await send('s3', { items: { upload } }, { dry_run: ['true'] });
  expect(rehearsed).toMatchObject({ status: 200, body: { estimates: { items: 30, amount_minor: 30 * cents } } });
  const [first, again] = [await send('s3', { items: { upload } }), await send('s3', { items: { upload } })];
  expect(first).toMatchObject({ status: 202, body: { status: 'accepted' } });
  expect([again.text, again.headers['idempotent-replayed']]).toEqual([first.text, 'true']);
  const id = first.body.sync_id as string;
  expect((await get(read, id)).body.batch).toMatchObject({ count: 30, amount_minor: 30 * cents });

  const page = await get(items, id, { system: ['debit'], limit: ['20'] });
  expect(page).toMatchObject({ status: 200, body: { items: { length: 20 } } });
  expect(page.body.items[19]).toEqual({ index: 19, item_id: paymentAt(19).id, amount_minor: cents, system: 'debit', result: 'pending' });
  expect(page.headers.link).toMatch(/^<\?system=debit&limit=20&cursor=.*>; rel="next"$/);
  const rest = await get(items, id, { system: ['debit'], limit: ['20'], cursor: [page.body.next_cursor] });
  expect(rest.body.items).toHaveLength(10);
  expect(rest.headers).not.toHaveProperty('link');
  expect((await get(items, id, { result: ['committed'] })).body).toEqual({ items: [] });
  expect(await get(items, id, { result: ['lost'] })).toMatchObject({ status: 400, body: { errors: [{ pointer: 'query.result' }] } });
  expect(await get(items, id, { system: ['cheques'], limit: ['20'], cursor: [page.body.next_cursor] })).toMatchObject({
    body: { code: 'cursor-invalid' },
  });
  expect(await get(items, id, {}, stranger)).toMatchObject({ status: 404 });
});

it('how far each system is with a batch is told to who asks for it', async () => {
  const { body } = await send('s4', { items: [0, 1, 2].map(paymentAt) });
  const { wire } = dynamo.items('Table').find(({ token }) => token === body.sync_id)!;
  expect((await get(read, body.sync_id)).body).not.toHaveProperty('progress');
  const none = await get(read, body.sync_id, { progress: ['true'] });
  expect(none.body.progress).toEqual([
    { system: 'dashboard', phase: 'prepare', done: 0, total: 3 },
    { system: 'debit', phase: 'prepare', done: 0, total: 3 },
  ]);
  const receipt = JSON.stringify({ chunk: 0, first: 0, count: 2, amount_minor: 2 * cents, request: '', response: '' });
  dynamo.put('Table', marshall({ ...keys.progress(tenant, wire, 'debit#prepare'), total: 3, receipts: new Set([receipt]) }) as never);
  const some = await get(read, body.sync_id, { progress: ['true'] });
  expect(some.body.progress[1]).toMatchObject({ system: 'debit', done: 2 });
  expect(some.headers.etag).not.toBe(none.headers.etag);
});

it('a sync without a batch has no list of items, and neither has one that there is not', async () => {
  const { body } = await send('s5', {});
  expect(await get(items, body.sync_id)).toMatchObject({ status: 404, body: { detail: 'This sync carries no batch.' } });
  expect(await get(items, '00000000-0000-4000-8000-000000000000')).toMatchObject({ status: 404 });
});

it('what was not uploaded, or is not what was declared, is refused by name', async () => {
  const { body } = await begin('u6', { count: 3, amount_minor: 3 * cents });
  expect(await send('s6', { items: { upload: body.upload_id } })).toMatchObject({ status: 409, body: { code: 'upload-incomplete' } });
  const short = await sent('u7', 3, lines(2));
  expect(await send('s6', { items: { upload: short } })).toMatchObject({
    status: 422,
    body: { code: 'payload-invalid', errors: [{ pointer: '/items' }] },
  });
  const twice = await sent(
    'u8',
    2,
    lines(2, () => paymentAt(1)),
  );
  expect(await send('s6', { items: { upload: twice } })).toMatchObject({ body: { errors: [{ pointer: '/items/1/id' }] } });
  expect(await send('s6', { items: { upload: 'upl_none' } })).toMatchObject({ body: { errors: [{ pointer: '/items/upload' }] } });
  expect(await send('s6', { items: [] })).toMatchObject({ status: 400, body: { errors: [{ pointer: '/items' }] } });
  expect((await send('s6', { items: [paymentAt(1)] })).status).toBe(202);
});
