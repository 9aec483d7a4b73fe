import type { Readable } from 'node:stream';
import { GetObjectCommand, PutObjectCommand, S3Client, type S3ClientConfig } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { type Part, resumed } from '#lib/resumed.ts';
import { sdk } from './sdk.ts';

/** `stop` lets the connection go: for whoever opens it and does not read `body`. */
export type Opened = { version: string; bytes: number; body: AsyncIterable<Uint8Array>; stop: () => void };
/** Objects of one bucket that keeps every version. */
export type Objects = {
  /** A URL under which whoever has it may PUT this object, as often as he likes until it expires. */
  signUpload: (key: string, expiresSeconds: number) => Promise<{ url: string }>;
  /** The newest version, or the named one. `body` is read once. Undefined: there is none. */
  openObject: (key: string, version?: string) => Promise<Opened | undefined>;
  putObject: (key: string, body: string | Uint8Array, contentType: string) => Promise<{ version: string }>;
};

type Reached = { client: () => S3Client; bucket: () => string };

/**
 * Buckets are part of the path, which works under every endpoint: as part of the host's name they would need a name server that knows them. Checksums of
 * the SDK's own are left out: signed into a URL they would ask for a header that no plain PUT has, and what is read is held against a SHA-256 anyway.
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
      return { version: found, bytes, stop, body: resumed(first, (from) => get(key, found, from)) };
    },

    async putObject(key, body, contentType) {
      const { VersionId } = await client().send(
        new PutObjectCommand({ Bucket: bucket(), Key: key, Body: body, ContentType: contentType }),
      );
      return { version: VersionId ?? '' };
    },
  };
};

/** Only who may list a bucket is told that a key is not in it; anybody else is told that he may not look. */
const absent = (error: unknown): undefined => {
  if (['NoSuchKey', 'NoSuchVersion', 'NotFound'].includes((error as Error).name)) return undefined;
  throw error;
};
