import * as z from 'zod';
import { instant } from '#lib/http/fields.ts';
import { rfc3339 } from '#lib/rfc3339.ts';
import { text } from '#lib/text.ts';
import { brand, brands } from './brand.ts';

/** Stored in UTC. */
const time = instant.transform(rfc3339);

/**
 * A slot's description, as a scheduler sends it. The limits keep the largest slot within one write
 * unit.
 */
export const slotFields = z
  .strictObject({
    site: text(45),
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
