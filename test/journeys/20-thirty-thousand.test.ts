import { randomUUID } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { newPublisher } from './served-offices.ts';
import { asked, cents, change, lines, place, uploaded } from './uploaded-batches.ts';

describe('a batch of 30,000 payments', () => {
  it('is uploaded, tried in a dry run, accepted as one sync, and listed item by item', {
    timeout: 60_000,
  }, async () => {
    const { publisher } = await newPublisher();
    const items = await uploaded(publisher, 30_000, gzipSync(lines(30_000)), { content_encoding: 'gzip' });
    const key = randomUUID();
    const deadline = new Date(Date.now() + 600_000).toISOString();
    const rehearsed = await publisher(
      'POST',
      '/api/v1/syncs?dry_run=true',
      asked({ ...change, items, deadline }, key),
    );
    expect(rehearsed, rehearsed.text).toMatchObject({
      status: 200,
      body: { estimates: { items: 30_000, amount_minor: 30_000 * cents } },
    });
    const accepted = await publisher('POST', '/api/v1/syncs', asked({ ...change, items, deadline }, key));
    expect(accepted, accepted.text).toMatchObject({ status: 202, body: { status: 'accepted' } });
    const again = await publisher('POST', '/api/v1/syncs', asked({ ...change, items, deadline }, key));
    expect([again.text, again.headers.get('idempotent-replayed')]).toEqual([accepted.text, 'true']);

    const id = String(accepted.body.sync_id);
    const { batch } = (await publisher('GET', `/api/v1/syncs/${id}`)).body as {
      batch: Record<string, unknown>;
    };
    expect(batch).toMatchObject({
      count: 30_000,
      amount_minor: 30_000 * cents,
      root: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    const progress = (await publisher('GET', `/api/v1/syncs/${id}?progress=true`)).body.progress as {
      total: number;
    }[];
    expect(progress.every(({ total }) => total === 30_000)).toBe(true);
    const page = await publisher('GET', `/api/v1/syncs/${id}/items?system=debit&limit=100`);
    expect(page.body.items).toHaveLength(100);
    const next = /<(.+)>; rel="next"/.exec(page.headers.get('link') ?? '')?.[1];
    const more = await publisher('GET', `/api/v1/syncs/${id}/items${next}`);
    expect((more.body.items as object[])[0]).toMatchObject({
      index: 100,
      item_id: 'p-000101',
      amount_minor: cents,
      system: 'debit',
    });
    await publisher('POST', `/api/v1/rollbacks/${id}`);
  });

  it('is refused, with a pointer to the error, when it differs from its declaration', {
    timeout: 60_000,
  }, async () => {
    const { publisher } = await newPublisher();
    const refused = async (items: unknown) =>
      (await publisher('POST', '/api/v1/syncs', asked({ ...change, items }))).body;
    const { upload_id } = await place(publisher, { count: 3, amount_minor: 3 * cents });
    expect(await refused({ upload: upload_id })).toMatchObject({ code: 'upload-incomplete' });
    expect(await refused(await uploaded(publisher, 30_000, lines(29_999)))).toMatchObject({
      code: 'payload-invalid',
      detail: expect.stringContaining('Found: 29999 items'),
    });
    const cut = gzipSync(lines(30_000)).subarray(0, 20_000);
    expect(await refused(await uploaded(publisher, 30_000, cut))).toMatchObject({
      errors: [{ pointer: '/items' }],
    });
    expect(await refused(await uploaded(publisher, 4, lines(3) + lines(1)))).toMatchObject({
      errors: [{ pointer: '/items/3/id' }],
    });
    expect(await refused(await uploaded(publisher, 1, 'id;amount\n1;2500\n'))).toMatchObject({
      errors: [{ pointer: '/items/0' }],
    });
    expect(await refused([{ id: 'p-1', amount_minor: 'much' }])).toMatchObject({
      errors: [{ pointer: '/items/0/amount_minor' }],
    });
  });

  it('belongs to its tenant: another tenant cannot name the upload', async () => {
    const [mine, other] = [await newPublisher(), await newPublisher()];
    const items = await uploaded(mine.publisher, 3, lines(3));
    const stolen = await other.publisher('POST', '/api/v1/syncs', asked({ ...change, items }));
    expect(stolen.body).toMatchObject({ code: 'upload-incomplete' });
  });
});
