import * as z from 'zod';
import { instantOf } from '#lib/rfc3339.ts';
import { text } from '#lib/text.ts';

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
/** An RFC 3339 time with its zone, parsed to ms since the epoch. */
export const instant = z
  .string()
  .transform((text, context) => {
    const ms = instantOf(text);
    if (ms === undefined) context.addIssue('A time as in RFC 3339, such as 2027-01-15T09:00:00Z.');
    return ms ?? 0;
  })
  .meta({ format: 'date-time' });
export const flag = z
  .enum(['true', 'false'], { error: 'true or false.' })
  .transform((text) => text === 'true');

export const systemPath = z.strictObject({ name: z.string().max(31) });
/** An operator's reason. */
export const reason = text(300);
export const reasoned = z.strictObject({ reason });
