import * as z from 'zod';
import type { Answer } from '#lib/http/declaration.ts';

/** Where and how to upload the items of a batch. */
export const uploadAnswer = {
  description: 'Send the items to `url` with this method and these headers, then a sync with `upload_id`.',
  schema: z
    .object({
      upload_id: z.string().regex(/^upl_/),
      method: z.literal('PUT'),
      url: z.url(),
      headers: z.record(z.string(), z.string()),
      expires_at: z.iso.datetime(),
    })
    .meta({ id: 'Upload' }),
  example: {
    ...{ upload_id: 'upl_AQAAAAABAAAAAAAACcQwZTZhNmYyMGQ1YzRhNTI', method: 'PUT' },
    url: 'https://uploads.s3.eu-central-1.amazonaws.com/uploads/ohio/upl_AQAA?X-Amz-Signature=4bf92f35',
    headers: { 'Content-Type': 'application/x-ndjson' },
    expires_at: '2027-01-15T10:00:00.000Z',
  },
} satisfies Answer;
