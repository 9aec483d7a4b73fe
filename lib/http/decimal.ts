import * as z from 'zod/mini';

/** The number of a slot, in a path or a query. By `zod/mini`, as all that a reservation reads: see docs/decisions/0013. */
export const decimal = z.pipe(
  z.pipe(z.string().check(z.regex(/^[1-9]\d{0,15}$/, 'A positive whole number.')), z.transform(Number)),
  z.int(),
);
