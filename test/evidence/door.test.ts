import { marshall } from '@aws-sdk/util-dynamodb';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { hashOf, mintKey } from '#domain/access/api-keys.ts';
import { keys } from '#domain/keys.ts';
import type { Bundle } from '#domain/syncs/evidence/verify/bundle.ts';
import { notSigned } from '#domain/syncs/evidence/verify/check-checkpoint.ts';
import { outsideTokenOf } from '#domain/syncs/outside-token.ts';
import { handler } from '#functions/api/v1/syncs.[syncId].evidence.get.ts';
import { stubDoor } from '#test/lib/door-environment.ts';
import { ask } from '#test/lib/proxy-event.ts';
import { fakeDynamo } from '#test/syncs/fake-dynamo.ts';
import { syncId, tenant } from './batch-sync.ts';
import { undoneBatch } from './evidence-world.ts';

let dynamo: Awaited<ReturnType<typeof fakeDynamo>>;
const [operator, booker, stranger] = [mintKey(tenant), mintKey(tenant), mintKey('other')];
const read = (
  key: string,
  more: { query?: Record<string, string[]>; headers?: Record<string, string>; id?: string } = {},
) =>
  ask(handler, {
    headers: { Authorization: `Bearer ${key}`, ...more.headers },
    pathParameters: { syncId: more.id ?? syncId },
    ...(more.query && { query: more.query }),
  });

beforeAll(async () => {
  dynamo = await fakeDynamo();
  stubDoor();
  const { endpoint, region, credentials } = dynamo.at;
  const set = {
    ...{ AWS_ENDPOINT_URL: endpoint, AWS_REGION: region, LEDGER: 'Ledger', BATCHES: 'batches' },
    ...{ AWS_ACCESS_KEY_ID: credentials.accessKeyId, AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey },
  };
  for (const [name, value] of Object.entries(set)) vi.stubEnv(name, value);
  const access = (whose: string, all: [string, string][]) => {
    const records = all.map(([key, role], i) => [`k${i}`, { hash: hashOf(key), role, createdAt: '' }]);
    dynamo.put('Table', marshall({ ...keys.access(whose), v: 1, keys: Object.fromEntries(records) }));
  };
  access(tenant, [
    [operator, 'operator'],
    [booker, 'booker'],
  ]);
  access('other', [[stranger, 'operator']]);
  const w = await undoneBatch();
  for (const item of w.ledger.items()) if (item.pk.startsWith(tenant)) dynamo.put('Ledger', marshall(item));
  const { batch: _, ...single } = w.sync.item();
  dynamo.put('Table', marshall(single));
});
afterAll(async () => {
  await dynamo.close();
  vi.unstubAllEnvs();
});

it('GET evidence answers rows that are not signed yet, and says so', async () => {
  const { status, body, headers } = await read(operator);
  expect({ status, body }).toMatchObject({
    status: 200,
    body: { format: 'lockstep-evidence', sync_id: syncId, covered_rows: 0 },
  });
  expect(notSigned(body as Bundle)).toMatch(
    /^row 1 \(lockstep accept\) and all behind it are in no checkpoint/,
  );
  expect((await read(booker, { headers: { 'If-None-Match': String(headers.etag) } })).status).toBe(304);
});

it('GET evidence is 404 for another tenant, an unknown sync, and an item of a sync without a batch', async () => {
  expect(await read(stranger)).toMatchObject({ status: 404, body: { code: 'not-found' } });
  expect(await read(operator, { id: syncId.replace(/1$/, '2') })).toMatchObject({ status: 404 });
  expect(await read(operator, { query: { item: ['P1'] } })).toMatchObject({
    status: 404,
    body: { detail: 'This sync has no batch.' },
  });
});

it('GET evidence shows items to publishers and operators only, as they may contain personal data', async () => {
  expect(await read(booker, { query: { item: ['P1'] } })).toMatchObject({
    status: 403,
    body: { code: 'forbidden' },
  });
  expect(await read(operator, { query: { items: ['P1'] } })).toMatchObject({ status: 400 });
});

it('GET evidence refers to the command line when the bundle is too large for one answer', async () => {
  const w = await undoneBatch();
  const { batch: _, ...single } = w.sync.item();
  const other = syncId.replace(/1$/, '9');
  const outsideToken = outsideTokenOf(tenant, other);
  dynamo.put(
    'Table',
    marshall({ ...single, ...keys.sync(tenant, outsideToken), syncId: other, outsideToken }),
  );
  const { minute } = [...w.ledger.items()].find(({ pk }) => pk.startsWith(tenant))!;
  const rows = Array.from({ length: 10 }, (_, i) => ({
    ...single.rows[0]!,
    seq: i + 1,
    detail: '"'.repeat(130_000),
  }));
  for (const [i, row] of rows.entries())
    dynamo.put(
      'Ledger',
      marshall({
        ...keys.ledger(tenant, outsideToken, i + 1),
        rows: [row],
        minute,
        seq: row.seq,
        head: row.hash,
      }),
    );
  expect(await read(operator, { id: other })).toMatchObject({
    status: 422,
    body: {
      code: 'answer-too-large',
      detail: `npx lockstep evidence get ${other} --tenant ${tenant} -o bundle.json`,
    },
  });
});
