import { marshall } from '@aws-sdk/util-dynamodb';
import { expect, it } from 'vitest';
import { keys } from '#domain/keys.ts';
import { handler as read } from '#functions/api/v1/syncs.[syncId].get.ts';
import { handler as items } from '#functions/api/v1/syncs.[syncId].items.get.ts';
import { begin, dynamo, get, operator, send, sent, stranger } from './batch-doors.ts';
import { cents, lines, paymentAt, tenant } from './items.ts';

it('POST /uploads answers a URL to PUT a batch to, the same for a repeated Idempotency-Key', async () => {
  const declared = { count: 3, amount_minor: 3 * cents };
  const [first, again, other] = [
    await begin('u1', declared),
    await begin('"u1"', declared),
    await begin('u1', { ...declared, count: 4 }),
  ];
  expect(first).toMatchObject({
    status: 201,
    body: { method: 'PUT', headers: { 'Content-Type': 'application/x-ndjson' } },
  });
  expect(new URL(first.body.url).pathname).toBe(`/batches/uploads/${tenant}/${first.body.upload_id}`);
  expect(again.body.upload_id).toBe(first.body.upload_id);
  expect(other.body.upload_id).not.toBe(first.body.upload_id);
  expect(await begin('u1', declared, operator)).toMatchObject({ status: 403 });
  expect(await begin('', declared)).toMatchObject({ status: 400, body: { code: 'idempotency-key-missing' } });
});

it('POST /uploads refuses an invalid count, amount or encoding and an unknown field, and names it', async () => {
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

it('a batch is uploaded, tried in a dry run, accepted once, and listed item by item', async () => {
  const upload = await sent('u3', 30, lines(30), true);
  const rehearsed = await send('s3', { items: { upload } }, { dry_run: ['true'] });
  expect(rehearsed).toMatchObject({
    status: 200,
    body: { estimates: { items: 30, amount_minor: 30 * cents } },
  });
  const [first, again] = [await send('s3', { items: { upload } }), await send('s3', { items: { upload } })];
  expect(first).toMatchObject({ status: 202, body: { status: 'accepted' } });
  expect([again.text, again.headers['idempotent-replayed']]).toEqual([first.text, 'true']);
  const id = first.body.sync_id as string;
  expect((await get(read, id)).body.batch).toMatchObject({ count: 30, amount_minor: 30 * cents });

  const page = await get(items, id, { system: ['debit'], limit: ['20'] });
  expect(page).toMatchObject({ status: 200, body: { items: { length: 20 } } });
  expect(page.body.items[19]).toEqual({
    index: 19,
    item_id: paymentAt(19).id,
    amount_minor: cents,
    system: 'debit',
    result: 'pending',
  });
  expect(page.headers.link).toMatch(/^<\?system=debit&limit=20&cursor=.*>; rel="next"$/);
  const rest = await get(items, id, { system: ['debit'], limit: ['20'], cursor: [page.body.next_cursor] });
  expect(rest.body.items).toHaveLength(10);
  expect(rest.headers).not.toHaveProperty('link');
  expect((await get(items, id, { result: ['committed'] })).body).toEqual({ items: [] });
  expect(await get(items, id, { result: ['lost'] })).toMatchObject({
    status: 400,
    body: { errors: [{ pointer: 'query.result' }] },
  });
  expect(
    await get(items, id, { system: ['cheques'], limit: ['20'], cursor: [page.body.next_cursor] }),
  ).toMatchObject({
    body: { code: 'cursor-invalid' },
  });
  expect(await get(items, id, {}, stranger)).toMatchObject({ status: 404 });
});

it('GET of a sync with progress=true shows how many items each system has done', async () => {
  const { body } = await send('s4', { items: [0, 1, 2].map(paymentAt) });
  const { outsideToken } = dynamo.items('Table').find(({ syncId }) => syncId === body.sync_id)!;
  expect((await get(read, body.sync_id)).body).not.toHaveProperty('progress');
  const none = await get(read, body.sync_id, { progress: ['true'] });
  expect(none.body.progress).toEqual([
    { system: 'dashboard', phase: 'prepare', done: 0, total: 3 },
    { system: 'debit', phase: 'prepare', done: 0, total: 3 },
  ]);
  const receipt = JSON.stringify({
    chunk: 0,
    first: 0,
    count: 2,
    amount_minor: 2 * cents,
    request: '',
    response: '',
  });
  dynamo.put(
    'Table',
    marshall({
      ...keys.progress(tenant, outsideToken, 'debit#prepare'),
      total: 3,
      receipts: new Set([receipt]),
    }) as never,
  );
  const some = await get(read, body.sync_id, { progress: ['true'] });
  expect(some.body.progress[1]).toMatchObject({ system: 'debit', done: 2 });
  expect(some.headers.etag).not.toBe(none.headers.etag);
});

it('the list of items is 404 for a sync without a batch, and for a sync that does not exist', async () => {
  const { body } = await send('s5', {});
  expect(await get(items, body.sync_id)).toMatchObject({
    status: 404,
    body: { detail: 'This sync carries no batch.' },
  });
  expect(await get(items, '00000000-0000-4000-8000-000000000000')).toMatchObject({ status: 404 });
});

it('a batch that was not uploaded, or differs from its declaration, is refused with a pointer to the error', async () => {
  const { body } = await begin('u6', { count: 3, amount_minor: 3 * cents });
  expect(await send('s6', { items: { upload: body.upload_id } })).toMatchObject({
    status: 409,
    body: { code: 'upload-incomplete' },
  });
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
  expect(await send('s6', { items: { upload: twice } })).toMatchObject({
    body: { errors: [{ pointer: '/items/1/id' }] },
  });
  expect(await send('s6', { items: { upload: 'upl_none' } })).toMatchObject({
    body: { errors: [{ pointer: '/items/upload' }] },
  });
  expect(await send('s6', { items: [] })).toMatchObject({
    status: 400,
    body: { errors: [{ pointer: '/items' }] },
  });
  expect((await send('s6', { items: [paymentAt(1)] })).status).toBe(202);
});
