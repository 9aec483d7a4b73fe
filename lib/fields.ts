import * as z from 'zod';

/** Fields that several doors ask for. */
export const decimal = z
  .string()
  .regex(/^[1-9]\d{0,15}$/, 'A positive whole number.')
  .transform(Number)
  .pipe(z.int());

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
export const flag = z.enum(['true', 'false'], { error: 'true or false.' }).transform((text) => text === 'true');
