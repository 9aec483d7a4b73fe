import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import type * as z from 'zod';
import { syncType } from '#events/index.ts';
import type { Objects } from '#lib/aws/objects.ts';
import { invalid } from '#lib/http/parse.ts';
import { canonical } from '#lib/ids.ts';
import { Problem } from '#lib/problem.ts';
import type { BatchItem, Pinned, Totals } from '#systems/protocol.ts';
import { checkItems } from './check-items.ts';
import { begun, hashed, mostBytes, readItems, Unreadable } from './read-items.ts';
import { declaredBy, uploadKey } from './upload-id.ts';

/** Items of a sync in a request: the items, or the id of an upload. */
export type BatchSource = unknown[] | { upload: string };
export type PinBatch = { tenant: string; type: string; items: BatchSource };

/**
 * Reads a batch once, checks it against its event type and declaration, and pins the bytes that
 * were read, for all later readers. Inline items are stored as an object named by its content.
 */
export const pinBatchOn =
  ({ objects }: { objects: Pick<Objects, 'openObject' | 'putObject'> }) =>
  async ({ tenant, type, items }: PinBatch): Promise<Pinned> => {
    const schema = syncType(type)?.batch?.item;
    if (!schema)
      throw invalid(
        [{ pointer: '/items', detail: `${type} is about one thing, and takes no items.` }],
        'payload-invalid',
      );
    if (!Array.isArray(items)) return pinUpload(objects, tenant, items.upload, schema);
    const bytes = Buffer.from(items.map((item) => `${canonical(item)}\n`).join(''));
    const found = await measure(Readable.from([bytes]), schema);
    const key = `inline/${tenant}/${found.digest}`;
    return {
      ...found,
      key,
      ...(await objects.putObject(key, bytes, 'application/x-ndjson')),
      bytes: bytes.length,
    };
  };

async function pinUpload(
  objects: Pick<Objects, 'openObject'>,
  tenant: string,
  upload: string,
  schema: z.ZodType<BatchItem>,
): Promise<Pinned> {
  const declared = declaredBy(upload);
  if (!declared)
    throw invalid([{ pointer: '/items/upload', detail: 'This is no upload_id.' }], 'payload-invalid');
  const key = uploadKey(tenant, upload);
  const opened = await objects.openObject(key);
  if (!opened)
    throw new Problem('upload-incomplete', { detail: 'PUT the items to the URL of the upload first.' });
  const { version, bytes, body } = opened;
  if (bytes > mostBytes) {
    opened.stop();
    throw new Problem('quota-exceeded', { detail: `It has ${bytes} bytes; ${mostBytes} are the most.` });
  }
  return { ...(await measure(body, schema, declared)), key, version, bytes };
}

type Measured = Omit<Pinned, 'key' | 'version' | 'bytes'>;

async function measure(
  body: AsyncIterable<Uint8Array>,
  schema: z.ZodType<BatchItem>,
  declared?: Totals,
): Promise<Measured> {
  const [hash, checks] = [createHash('sha256'), checkItems(schema, declared)];
  const { gzip, bytes } = await begun(hashed(body, hash));
  try {
    let index = 0;
    for await (const item of readItems(bytes, { gzip })) checks.take(item, index++);
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    const where = error.index === undefined ? '/items' : `/items/${error.index}${error.pointer}`;
    throw invalid([{ pointer: where, detail: error.message }], 'payload-invalid');
  }
  return { ...checks.done(), digest: hash.digest('hex'), gzip };
}
