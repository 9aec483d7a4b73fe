import * as z from 'zod';
import { brand, brands } from './brand.ts';

const bytes = (most: number) =>
  z
    .string()
    .trim()
    .min(1)
    .refine((text) => text.isWellFormed(), 'Text in Unicode.')
    .refine((text) => Buffer.byteLength(text) <= most, `At most ${most} bytes of UTF-8.`);
const rfc3339 = 'A time as in RFC 3339, such as 2027-01-15T09:00:00Z.';
/** Stored in UTC, which may move a time out of the four-digit years. */
const time = z.iso
  .datetime({ offset: true, error: rfc3339 })
  .transform((text) => new Date(text).toISOString())
  .pipe(z.iso.datetime({ error: rfc3339 }));

/**
 * A slot's description, as a scheduler sends it. The limits keep the largest slot within one write
 * unit.
 */
export const slotFields = z
  .strictObject({
    site: bytes(45),
    starts_at: time,
    ends_at: time.optional(),
    price: z
      .strictObject({
        amount: z.int().min(0).max(999_999_999_999),
        currency: z.string().regex(/^[A-Z]{3}$/, 'An ISO 4217 code, such as USD.'),
      })
      .optional(),
    brands: z
      .array(brand)
      .min(1)
      .max(brands.length)
      .refine((list) => new Set(list).size === list.length, 'Each brand once.')
      .optional(),
  })
  .refine(({ starts_at, ends_at }) => !ends_at || ends_at > starts_at, {
    path: ['ends_at'],
    error: 'A slot ends after it starts.',
  });

export const toDescribed = ({ site, starts_at, ends_at, price, brands }: z.output<typeof slotFields>) => ({
  site,
  startsAt: starts_at,
  endsAt: ends_at,
  price,
  brands,
});
