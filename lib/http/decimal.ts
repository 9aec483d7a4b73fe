import * as z from 'zod/mini';

/**
 * The number of a slot, in a path or a query. It uses `zod/mini`, like everything that a
 * reservation loads: see docs/decisions/0013.
 */
export const decimal = z.pipe(
  z.pipe(z.string().check(z.regex(/^[1-9]\d{0,15}$/, 'A positive whole number.')), z.transform(Number)),
  z.int(),
);
