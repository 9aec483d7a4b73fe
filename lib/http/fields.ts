import * as z from 'zod';

/** Fields of several doors; `decimal` has a file of its own. */
export const limit = z
  .string()
  .regex(/^\d{1,3}$/, 'A number from 1 to 100.')
  .transform(Number)
  .pipe(z.int().min(1).max(100))
  .default(20);
export const cursor = z
  .string()
  .regex(/^[\w-]{1,500}$/)
  .optional();
export const waitSeconds = z
  .string()
  .regex(/^\d{1,2}$/, 'Seconds, from 0 to 20.')
  .transform(Number)
  .pipe(z.int().min(0).max(20))
  .default(0);
/** An RFC 3339 time, parsed to ms since the epoch. */
export const instant = z.iso
  .datetime({ offset: true, error: 'A time as in RFC 3339, such as 2027-01-15T09:00:00Z.' })
  .transform((text) => Date.parse(text));
export const flag = z
  .enum(['true', 'false'], { error: 'true or false.' })
  .transform((text) => text === 'true');

export const systemPath = z.strictObject({ name: z.string().max(31) });
/** An operator's reason. */
export const reasoned = z.strictObject({ reason: z.string().trim().min(1).max(300) });
