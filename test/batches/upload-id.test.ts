import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { beginUpload } from '#domain/syncs/batches/begin-upload.ts';
import { declaredBy, uploadId, uploadKey } from '#domain/syncs/batches/upload-id.ts';
import { memoryObjects } from '#table/memory-objects.ts';

const declared = { count: 30_000, amount_minor: 75_000_000, gzip: true };
const clock = { now: () => Date.parse('2027-01-15T08:00:00Z') };

describe('the id of an upload', () => {
  it('carries the declaration, whatever it is', () => {
    const any = fc.record({
      count: fc.integer({ min: 1, max: 1_000_000 }),
      amount_minor: fc.maxSafeInteger(),
      gzip: fc.boolean(),
    });
    fc.assert(
      fc.property(any, fc.string(), (said, key) => {
        expect(declaredBy(uploadId('acme', key, said))).toEqual(said);
      }),
    );
  });

  it('is the same for the same request, and differs by key, declaration and tenant', () => {
    const ids = [
      uploadId('acme', 'k1', declared),
      uploadId('acme', 'k2', declared),
      uploadId('other', 'k1', declared),
      ...[{ count: 1 }, { amount_minor: -1 }, { gzip: false }].map((other) =>
        uploadId('acme', 'k1', { ...declared, ...other }),
      ),
    ];
    expect(new Set(ids).size).toBe(6);
    expect(uploadId('acme', 'k1', declared)).toBe(ids[0]);
    expect(uploadKey('acme', ids[0]!)).toBe(`uploads/acme/${ids[0]}`);
  });

  it('carries nothing once it is cut off, misspelled, or of another layout', () => {
    const id = uploadId('acme', 'k1', declared);
    const other = `upl_${Buffer.concat([Buffer.of(2), Buffer.from(id.slice(4), 'base64url').subarray(1)]).toString('base64url')}`;
    for (const wrong of [
      '',
      'upl_',
      id.slice(0, -1),
      `${id}A`,
      id.replace('upl_', 'upx_'),
      `${id}=`,
      other,
      '../../secret',
      'upl_ä',
    ])
      expect(declaredBy(wrong), wrong).toBeUndefined();
  });
});

describe('a new upload', () => {
  it('answers a URL that takes a PUT for an hour, with headers for its content type and encoding', async () => {
    const objects = memoryObjects();
    const begun = await beginUpload({ tenant: 'acme', key: 'k1', ...declared }, { objects, clock });
    expect(begun).toEqual({
      upload_id: uploadId('acme', 'k1', declared),
      method: 'PUT',
      url: `memory://uploads/acme/${begun.upload_id}?expires=3600`,
      headers: { 'Content-Type': 'application/x-ndjson', 'Content-Encoding': 'gzip' },
      expires_at: '2027-01-15T09:00:00.000Z',
    });
    expect(
      (await beginUpload({ tenant: 'acme', key: 'k1', ...declared, gzip: false }, { objects, clock }))
        .headers,
    ).toEqual({
      'Content-Type': 'application/x-ndjson',
    });
    expect([objects.labels(), objects.keys()]).toEqual([[], []]);
  });
});
