import type { Objects } from '#lib/aws/objects.ts';
import type { Clock } from '#lib/clock.ts';
import { rfc3339 } from '#lib/rfc3339.ts';
import { type Declared, uploadId, uploadKey } from './upload-id.ts';

/** `key`: the Idempotency-Key. */
export type BeginUpload = Declared & { tenant: string; key: string };

const expiresSeconds = 3_600;

/**
 * Signs the URL for uploading a batch; nothing is stored, since the id carries the declaration.
 * The same request gets the same id with a fresh URL, and the object may be replaced until its
 * sync is accepted and pins it.
 */
export async function beginUpload(
  { tenant, key, ...declared }: BeginUpload,
  tools: { objects: Pick<Objects, 'signUpload'>; clock: Clock },
) {
  const { objects, clock } = tools;
  const id = uploadId(tenant, key, declared);
  const { url } = await objects.signUpload(uploadKey(tenant, id), expiresSeconds);
  return {
    upload_id: id,
    method: 'PUT',
    url,
    headers: { 'Content-Type': 'application/x-ndjson', ...(declared.gzip && { 'Content-Encoding': 'gzip' }) },
    expires_at: rfc3339(clock.now() + expiresSeconds * 1000),
  };
}
