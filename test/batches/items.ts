import { gzipSync } from 'node:zlib';
import { uploadId, uploadKey } from '#domain/syncs/batches/upload-id.ts';
import type { BatchItem } from '#systems/protocol.ts';
import type { MemoryObjects } from '#table/memory-objects.ts';

export const tenant = 'acme';
export const cents = 2_500;
export const paymentAt = (at: number): BatchItem => ({
  id: `p-${String(at).padStart(7, '0')}`,
  amount_minor: cents,
  payee: `Payee ${at}`,
});
/** `count` payments as NDJSON, one a line. */
export const lines = (count: number, at: (index: number) => unknown = paymentAt): string =>
  Array.from({ length: count }, (_, index) => `${JSON.stringify(at(index))}\n`).join('');

type Declared = { count?: number; amount_minor?: number; gzip?: boolean; key?: string };

/** Uploads these bytes as a publisher would, and returns the upload's id. */
export function uploaded(
  objects: MemoryObjects,
  body: string | Uint8Array,
  { count = 3, gzip = false, ...more }: Declared = {},
): string {
  const { key = 'k1', amount_minor = count * cents } = more;
  const id = uploadId(tenant, key, { count, amount_minor, gzip });
  objects.arrive(uploadKey(tenant, id), gzip ? gzipSync(body) : body);
  return id;
}

/** The code, pointers and detail of a refusal. */
export const refusal = (promise: Promise<unknown>) =>
  promise.then(
    () => undefined,
    (error) => ({
      code: error.code,
      errors: error.extras?.errors,
      detail: error.extras?.detail,
      message: error.message,
    }),
  );
