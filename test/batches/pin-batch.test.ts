import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { beforeEach, describe, expect, it } from 'vitest';
import { openBatchOn } from '#domain/syncs/batches/open-batch.ts';
import { type BatchSource, pinBatchOn } from '#domain/syncs/batches/pin-batch.ts';
import { canonical } from '#lib/ids.ts';
import { leafOf, rootOf } from '#lib/proof/merkle.ts';
import { type MemoryObjects, memoryObjects } from '#table/memory-objects.ts';
import { cents, lines, paymentAt, refusal, tenant, uploaded } from './items.ts';

let objects: MemoryObjects;
beforeEach(() => {
  objects = memoryObjects();
});
const pin = (items: BatchSource, type = 'benefit.adjusted') =>
  pinBatchOn({ objects })({ tenant, type, items });
const pinText = (text: string | Uint8Array, declared: Parameters<typeof uploaded>[2] = {}) =>
  pin({ upload: uploaded(objects, text, declared) });
const sha256 = (bytes: string | Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const rootOver = (items: unknown[]) => rootOf(items.map((item) => leafOf(canonical(item)))).toString('hex');
const three = [0, 1, 2].map(paymentAt);

describe('pinning an uploaded batch', () => {
  it('records its version, the digest of its bytes, the Merkle root over its items as sent, and its totals', async () => {
    const text = lines(3);
    const upload = uploaded(objects, text);
    const pinned = await pin({ upload });
    expect(pinned).toEqual({
      ...{ key: `uploads/acme/${upload}`, version: 'version-1', digest: sha256(text), root: rootOver(three) },
      ...{ bytes: text.length, gzip: false, count: 3, amount_minor: 3 * cents },
    });
    expect(objects.labels()).toEqual([`open ${pinned.key}`]);
  });

  it('recognises gzip whether declared or not: the digest covers the packed bytes, the root the items', async () => {
    const text = lines(3);
    const packed = gzipSync(text);
    for (const upload of [uploaded(objects, text, { gzip: true }), uploaded(objects, packed, { key: 'k2' })])
      expect(await pin({ upload })).toMatchObject({
        gzip: true,
        digest: sha256(packed),
        root: rootOver(three),
        bytes: packed.length,
      });
    expect(await pinText(text, { key: 'k3' })).toMatchObject({ gzip: false, root: rootOver(three) });
  });

  it('keeps to the accepted version, whatever is uploaded under the same key later', async () => {
    const upload = uploaded(objects, lines(3));
    const pinned = await pin({ upload });
    objects.arrive(
      pinned.key,
      lines(3, (at) => ({ ...paymentAt(at), payee: 'Another payee' })),
    );
    const read: unknown[] = [];
    for await (const item of openBatchOn({ objects })(pinned).items()) read.push(item);
    expect(read).toEqual(three);
    expect((await pin({ upload })).root).not.toBe(pinned.root);
  });

  it('refuses an upload that has not arrived or belongs to another tenant', async () => {
    expect(await refusal(pin({ upload: 'upl_nothing' }))).toMatchObject({
      code: 'payload-invalid',
      errors: [{ pointer: '/items/upload' }],
    });
    const upload = uploaded(objects, lines(3), { key: 'k1' });
    expect(
      await refusal(
        pinBatchOn({ objects })({ tenant: 'other', type: 'benefit.adjusted', items: { upload } }),
      ),
    ).toMatchObject({
      code: 'upload-incomplete',
    });
    expect(await refusal(pin({ upload: 'upl_nothing' }, 'slot.reserved'))).toMatchObject({
      errors: [{ pointer: '/items' }],
    });
  });
});

describe('a batch inside a request', () => {
  it('is stored under the digest of its content, and pinned like an upload', async () => {
    const [one, other] = [await pin(three), await pin(three.map(({ id, ...item }) => ({ ...item, id })))];
    expect(one).toMatchObject({
      key: `inline/acme/${one.digest}`,
      root: rootOver(three),
      count: 3,
      amount_minor: 3 * cents,
      gzip: false,
    });
    expect([other.key, other.digest]).toEqual([one.key, one.digest]);
    expect(sha256(objects.peek(one.key)!)).toBe(one.digest);
    const read: unknown[] = [];
    for await (const item of openBatchOn({ objects })(one).items()) read.push(item);
    expect(read).toEqual(three);
  });

  it('is not stored when one of its items is invalid', async () => {
    expect(await refusal(pin([{ id: 'p 1', amount_minor: 1 }]))).toMatchObject({
      errors: [{ pointer: '/items/0/id' }],
    });
    expect(objects.keys()).toEqual([]);
  });
});
