import * as z from 'zod';

/** A field inside a JSON document: `status`, `result.code`. */
export const field = z.string().regex(/^[A-Za-z_][\w-]*(\.[\w-]+)*$/);

/** How to read an answer. By default every 2xx in JSON without an error is a yes. */
export const answer = z.strictObject({
  /** The field that repeats the token. Another value there belongs to another call. */
  echo: field.optional(),
  /** The field with the outcome, and its values. An unlisted value means `unknown`. */
  field: field.optional(),
  means: z
    .record(z.string(), z.enum(['yes', 'no', 'ongoing', 'absent', 'prepared', 'committed', 'rolled-back']))
    .optional(),
  /** The field with the code of an error, if it is not in `error` or `errors`, and what codes mean. */
  code: field.optional(),
  codes: z.record(z.string(), z.enum(['no', 'ongoing', 'unknown'])).optional(),
  /** The field with the end of a reservation, as an RFC 3339 time. */
  validUntil: field.optional(),
  /** For a batch: the fields with the count, the sum, and the refused `{ id, reason }`. */
  count: field.optional(),
  amount: field.optional(),
  refused: field.optional(),
});

export type Answers = z.output<typeof answer>;
