import * as z from 'zod';
import { beginUpload } from '#domain/syncs/batches/begin-upload.ts';
import { mostItems } from '#domain/syncs/batches/check-items.ts';
import { endpoint } from '#lib/http/endpoint.ts';
import { callers } from '#wiring/access.ts';
import { uploadingTools } from '#wiring/batches.ts';

const body = z.strictObject({
  count: z.int().min(1).max(mostItems),
  amount_minor: z.int(),
  content_encoding: z.literal('gzip').optional(),
});

/** A place for the items of a batch: how many there will be, and what they come to, is declared before they are sent. */
export const handler = endpoint(
  { body, callers, role: 'publisher', keyed: true },
  async ({ body, caller: { tenant }, key }) => {
    const { count, amount_minor, content_encoding } = body;
    return {
      status: 201,
      body: await beginUpload(
        { tenant, key, count, amount_minor, gzip: content_encoding === 'gzip' },
        uploadingTools(),
      ),
    };
  },
);
