import { marshall } from '@aws-sdk/util-dynamodb';
import type { Context } from 'aws-lambda';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { keys } from '#domain/keys.ts';
import { outsideTokenOf } from '#domain/syncs/outside-token.ts';
import { handler as planOf } from '#functions/api/v1/rollbacks.[token].plan.get.ts';
import { handler as ledgerOf } from '#functions/api/v1/syncs.[syncId].ledger.get.ts';
import { handler as list } from '#functions/api/v1/syncs.get.ts';
import { ask, proxyEvent, requestId } from '#test/lib/proxy-event.ts';
import type { fakeDynamo } from './fake-dynamo.ts';
import { bearer, openDoors, reader, send, stranger } from './open-doors.ts';
import { tenant } from './syncs-world.ts';

let dynamo: Awaited<ReturnType<typeof fakeDynamo>>;

beforeAll(async () => {
  dynamo = await openDoors();
});

afterAll(async () => {
  await dynamo.close();
  vi.unstubAllEnvs();
});

it('GET /syncs/{syncId}/ledger answers the tenant’s rows as JSON or JSON Lines', async () => {
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

it('GET /rollbacks/{token}/plan answers with an ETag before and after the sync is accepted', async () => {
  const read = (syncId: string) =>
    ask(planOf, { headers: bearer(reader), pathParameters: { token: syncId } });
  const none = await read('00000000-0000-4000-8000-000000000000');
  expect(none).toMatchObject({ status: 200, body: { regime: 'before it came', possible: true } });
  const { body } = await send('k5');
  const plan = await read(body.sync_id);
  expect(plan).toMatchObject({ status: 200, body: { regime: 'before decision' } });
  expect(plan.headers.etag).not.toBe(none.headers.etag);
});

it('GET /syncs accepts its filters, and refuses unknown values', async () => {
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
