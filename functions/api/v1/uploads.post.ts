import * as z from 'zod';
import { beginUpload } from '#domain/syncs/batches/begin-upload.ts';
import { mostItems } from '#domain/syncs/batches/check-items.ts';
import { uploadAnswer } from '#domain/syncs/batches/upload-answer.ts';
import type { Declaration } from '#lib/http/declaration.ts';
import { tenantDoor } from '#wiring/access.ts';
import { uploadingTools } from '#wiring/batches.ts';

const body = z.strictObject({
  count: z.int().min(1).max(mostItems),
  amount_minor: z.int(),
  content_encoding: z.literal('gzip').optional(),
});

export const api = {
  summary: 'Begin an upload',
  body,
  example: { body: { count: 2, amount_minor: 5000 } },
  answers: { 201: uploadAnswer },
  problems: [],
} satisfies Declaration;

/** Creates an upload for a batch. Its count and sum are declared before its items are sent. */
export const handler = tenantDoor<typeof api>(
  { body, role: 'publisher', keyed: true },
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
