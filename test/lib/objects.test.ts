import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Objects, objectsOn, s3Client } from '#lib/aws/objects.ts';
import { fakeS3 } from './fake-s3.ts';

let s3: Awaited<ReturnType<typeof fakeS3>>;
let objects: Objects;
const read = async (body: AsyncIterable<Uint8Array> | undefined) => {
  const pieces: Uint8Array[] = [];
  for await (const piece of body ?? []) pieces.push(piece);
  return Buffer.concat(pieces).toString();
};

beforeEach(async () => {
  s3 = await fakeS3();
  const client = s3Client({ ...s3.at, maxAttempts: 1 });
  objects = objectsOn({ client: () => client, bucket: () => 'batches' });
});
afterEach(() => s3.close());

describe('an object in S3', () => {
  it('is uploaded by a plain PUT to its presigned URL, without further headers', async () => {
    const { url } = await objects.signUpload('uploads/acme/upl_1', 60);
    const query = Object.fromEntries(new URL(url).searchParams);
    expect(query).toMatchObject({
      'X-Amz-Expires': '60',
      'X-Amz-SignedHeaders': 'host',
      'X-Amz-Content-Sha256': 'UNSIGNED-PAYLOAD',
    });
    expect(Object.keys(query).filter((name) => /checksum|crc/i.test(name))).toEqual([]);
    expect((await fetch(url, { method: 'PUT', body: 'items' })).status).toBe(200);
    expect(await objects.openObject('uploads/acme/upl_1')).toMatchObject({ version: 'v1', bytes: 5 });
  });

  it('has its bucket in the path of its URL, whatever the host', async () => {
    const named = s3Client({ ...s3.at, endpoint: s3.at.endpoint.replace('127.0.0.1', 'localhost') });
    const { url } = await objectsOn({ client: () => named, bucket: () => 'batches' }).signUpload('a/b', 60);
    expect(new URL(url)).toMatchObject({ hostname: 'localhost', pathname: '/batches/a/b' });
  });

  it('is read in its newest version, or in a named one', async () => {
    expect(await objects.putObject('inline/acme/1', 'old', 'text/plain')).toEqual({ version: 'v1' });
    await objects.putObject('inline/acme/1', Buffer.from('newer'), 'text/plain');
    expect(await read((await objects.openObject('inline/acme/1'))?.body)).toBe('newer');
    expect(await read((await objects.openObject('inline/acme/1', 'v1'))?.body)).toBe('old');
  });

  it('is undefined when it does not exist; any other failure throws', async () => {
    expect([await objects.openObject('a/none'), await objects.openObject('a/none', 'v1')]).toEqual([
      undefined,
      undefined,
    ]);
    await s3.close();
    await expect(objects.openObject('a/none')).rejects.toThrow();
  });
});

describe('an object whose connection breaks', () => {
  const text = Array.from({ length: 1_000 }, (_, i) => `line ${i}\n`).join('');

  it('continues after the last byte, in the same version', async () => {
    await objects.putObject('a', text, 'text/plain');
    s3.breakOff({ after: 1_000, how: 'closed' }, { after: 500, how: 'closed' });
    const opened = await objects.openObject('a');
    await objects.putObject('a', 'something else', 'text/plain');
    expect(await read(opened?.body)).toBe(text);
    const reads = s3.asked.filter(({ method }) => method === 'GET');
    const begun = reads.map(({ range = 'bytes=0-' }) => Number(/\d+/.exec(range)?.[0]));
    expect([begun.length, begun.toSorted((a, b) => a - b)]).toEqual([3, begun]);
    expect(begun.at(-1)).toBeGreaterThan(0);
    expect(reads.slice(1).every(({ path }) => path.includes('versionId=v1'))).toBe(true);
  });

  it('throws when the connection breaks several times without progress', async () => {
    await objects.putObject('a', text, 'text/plain');
    s3.breakOff(
      { after: 100, how: 'closed' },
      ...Array.from({ length: 5 }, () => ({ after: 0, how: 'closed' as const })),
    );
    await expect(read((await objects.openObject('a'))?.body)).rejects.toThrow();
    const reads = s3.asked.filter(({ method }) => method === 'GET').length;
    expect(reads >= 3 && reads <= 4, `${reads} reads`).toBe(true);
  });
});
