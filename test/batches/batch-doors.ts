import { gzipSync } from 'node:zlib';
import { marshall } from '@aws-sdk/util-dynamodb';
import { afterAll, beforeAll, expect, vi } from 'vitest';
import { hashOf, mintKey } from '#domain/access/api-keys.ts';
import { keys } from '#domain/keys.ts';
import { handler as post } from '#functions/api/v1/syncs.post.ts';
import { handler as upload } from '#functions/api/v1/uploads.post.ts';
import { stubDoor } from '#test/lib/door-environment.ts';
import { fakeS3 } from '#test/lib/fake-s3.ts';
import { ask } from '#test/lib/proxy-event.ts';
import { fakeDynamo } from '#test/syncs/fake-dynamo.ts';
import { cents, lines, tenant } from './items.ts';

/** The doors on a fake DynamoDB and S3, for all tests of a file. */
export let dynamo: Awaited<ReturnType<typeof fakeDynamo>>;
let s3: Awaited<ReturnType<typeof fakeS3>>;
export const [publisher, operator, stranger] = [mintKey(tenant), mintKey(tenant), mintKey('other')];
const change = { type: 'benefit_adjusted', payload: { state: 'OH', delta_usd: 25 } };
const headers = (key: string, as = publisher) => ({
  ...{ Authorization: `Bearer ${as}`, 'Idempotency-Key': key, 'Content-Type': 'application/json' },
});
export const begin = (key: string, body: object, as?: string) =>
  ask(upload, {
    method: 'POST',
    path: '/api/v1/uploads',
    headers: headers(key, as),
    body: JSON.stringify(body),
  });
export const send = (key: string, more: object, query?: Record<string, string[]>) =>
  ask(post, {
    ...{
      method: 'POST',
      path: '/api/v1/syncs',
      headers: headers(key),
      body: JSON.stringify({ ...change, ...more }),
    },
    ...(query && { query }),
  });
export const get = (handler: unknown, syncId: string, query: Record<string, string[]> = {}, as = publisher) =>
  ask(handler, { headers: { Authorization: `Bearer ${as}` }, pathParameters: { syncId }, query });
/** Uploads these lines as a publisher does: POST /uploads, then a plain PUT. */
export async function sent(key: string, count: number, body: string = lines(count), gzip = false) {
  const begun = await begin(key, {
    count,
    amount_minor: count * cents,
    ...(gzip && { content_encoding: 'gzip' }),
  });
  const put = await fetch(begun.body.url, {
    method: begun.body.method,
    headers: begun.body.headers,
    body: gzip ? gzipSync(body) : body,
  });
  expect(put.status).toBe(200);
  return begun.body.upload_id as string;
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
    ...{
      BATCHES: 'batches',
      LEDGER: 'Ledger',
      SYSTEMS: 'debit,dashboard',
      MAX_WAIT_SECONDS: '20',
      SYNC_DEADLINE_SECONDS: '3600',
    },
    ...{
      KEY_CACHE_SECONDS: '60',
      WATCHDOG_SECONDS: '120',
      WAIT_SECONDS: '5',
      REFUSED_COMMITS: '3',
      BATCH_LEG_SECONDS: '30',
    },
  };
  for (const [name, value] of Object.entries({ ...aws, ...set })) vi.stubEnv(name, value);
  const access = (whose: string, all: [string, string][]) => {
    const kept = Object.fromEntries(
      all.map(([key, role], i) => [`k${i}`, { hash: hashOf(key), role, createdAt: '' }]),
    );
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
