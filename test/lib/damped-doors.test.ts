import { marshall } from '@aws-sdk/util-dynamodb';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { hashOf, mintKey } from '#domain/access/api-keys.ts';
import { keys } from '#domain/keys.ts';
import { handler as health } from '#functions/api/v1/health.get.ts';
import { handler as hooks } from '#functions/ops/v1/hooks.openapi_json.get.ts';
import { handler as ops } from '#functions/ops/v1/openapi_json.get.ts';
import { fakeDynamo } from '#test/syncs/fake-dynamo.ts';
import { stubDoor } from './door-environment.ts';
import { ask } from './proxy-event.ts';

let dynamo: Awaited<ReturnType<typeof fakeDynamo>>;
const [busy, calm] = [mintKey('ohio'), mintKey('ohio')];

beforeAll(async () => {
  dynamo = await fakeDynamo();
  stubDoor();
  const { endpoint, region, credentials } = dynamo.at;
  const set = {
    AWS_ENDPOINT_URL: endpoint,
    AWS_REGION: region,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    KEY_CACHE_SECONDS: '60',
    KEY_RATE_PER_SECOND: '1',
    KEY_BURST: '3',
  };
  for (const [name, value] of Object.entries(set)) vi.stubEnv(name, value);
  const known = [busy, calm].map((key, i) => [
    `k${i}`,
    { hash: hashOf(key), role: 'operator', createdAt: '' },
  ]);
  dynamo.put('Table', marshall({ ...keys.access('ohio'), v: 1, keys: Object.fromEntries(known) }));
});

afterAll(async () => {
  await dynamo.close();
  vi.unstubAllEnvs();
});

const as = (key: string) => ({ headers: { Authorization: `Bearer ${key}` } });

it('a busy loop with one key gets 429 with Retry-After', async () => {
  const statuses: number[] = [];
  for (let call = 0; call < 3; call++) statuses.push((await ask(ops, as(busy))).status);
  expect(statuses).toEqual([200, 200, 200]);
  const refused = await ask(ops, as(busy));
  expect(refused).toMatchObject({
    status: 429,
    body: { code: 'too-many-requests', detail: 'At most 1 calls a second with one key, and 3 at once.' },
    headers: { 'retry-after': '1' },
  });
});

it('the damper does not slow down another key, a wrong key, or a door without a key', async () => {
  expect((await ask(hooks, as(calm))).status).toBe(200);
  const wrong = await Promise.all(Array.from({ length: 10 }, () => ask(ops, as(mintKey('ohio')))));
  expect(new Set(wrong.map(({ status }) => status))).toEqual(new Set([401]));
  const open = await Promise.all(Array.from({ length: 10 }, () => ask(health)));
  expect(new Set(open.map(({ status }) => status))).toEqual(new Set([200]));
});
