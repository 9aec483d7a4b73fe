import type { Readable } from 'node:stream';
import { GetObjectCommand, PutObjectCommand, S3Client, type S3ClientConfig } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { type Part, resumableStream } from '#lib/resumable-stream.ts';
import { sdk } from './sdk.ts';

/** `stop` closes the connection, for a caller that opens the object and does not read `body`. */
export type Opened = { version: string; bytes: number; body: AsyncIterable<Uint8Array>; stop: () => void };
/** The objects of one versioned bucket. */
export type Objects = {
  /** A presigned URL: its holder may PUT this object any number of times until it expires. */
  signUpload: (key: string, expiresSeconds: number) => Promise<{ url: string }>;
  /** The newest version, or the named one; undefined if there is none. `body` can be read once. */
  openObject: (key: string, version?: string) => Promise<Opened | undefined>;
  putObject: (key: string, body: string | Uint8Array, contentType: string) => Promise<{ version: string }>;
};

type Reached = { client: () => S3Client; bucket: () => string };

/**
 * Buckets are part of the path, because a host name per bucket needs DNS that knows it. The SDK's
 * checksums are off: signed into a URL they require a header that no plain PUT has, and readers
 * check a SHA-256 anyway.
 */
export const s3Client = (at: S3ClientConfig = {}): S3Client =>
  new S3Client({
    ...sdk,
    ...{
      forcePathStyle: true,
      requestChecksumCalculation: 'WHEN_REQUIRED',
      responseChecksumValidation: 'WHEN_REQUIRED',
    },
    ...at,
  });

export const objectsOn = ({ client, bucket }: Reached): Objects => {
  const get = async (
    key: string,
    version: string | undefined,
    from: number,
  ): Promise<(Part & { version: string }) | undefined> => {
    const range = from > 0 ? { Range: `bytes=${from}-` } : {};
    const command = new GetObjectCommand({
      Bucket: bucket(),
      Key: key,
      ...(version && { VersionId: version }),
      ...range,
    });
    const answer = await client().send(command).catch(absent);
    if (!answer?.Body) return undefined;
    const body = answer.Body as Readable;
    return {
      version: answer.VersionId ?? '',
      bytes: answer.ContentLength ?? 0,
      body,
      stop: () => void body.destroy(),
    };
  };

  return {
    async signUpload(key, expiresSeconds) {
      const command = new PutObjectCommand({ Bucket: bucket(), Key: key });
      return { url: await getSignedUrl(client(), command, { expiresIn: expiresSeconds }) };
    },

    async openObject(key, version) {
      const first = await get(key, version, 0);
      if (!first) return undefined;
      const { version: found, bytes, stop } = first;
      return { version: found, bytes, stop, body: resumableStream(first, (from) => get(key, found, from)) };
    },

    async putObject(key, body, contentType) {
      const { VersionId } = await client().send(
        new PutObjectCommand({ Bucket: bucket(), Key: key, Body: body, ContentType: contentType }),
      );
      return { version: VersionId ?? '' };
    },
  };
};

/**
 * S3 answers 404 for an absent key only with permission to list the bucket, and 403 without it.
 */
const absent = (error: unknown): undefined => {
  if (['NoSuchKey', 'NoSuchVersion', 'NotFound'].includes((error as Error).name)) return undefined;
  throw error;
};
