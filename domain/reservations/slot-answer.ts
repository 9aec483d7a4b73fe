import * as z from 'zod';
import type { Answer } from '#lib/http/declaration.ts';
import { brand } from './slots/brand.ts';

export const slotShape = z
  .object({
    slot_id: z.int().positive(),
    state: z.enum(['free', 'held', 'booked']),
    site: z.string(),
    starts_at: z.iso.datetime(),
    ends_at: z.iso.datetime().optional(),
    price: z.object({ amount: z.int().nonnegative(), currency: z.string().length(3) }).optional(),
    brands: z.array(brand).optional(),
  })
  .meta({ id: 'Slot', description: 'A slot as it stands. `price.amount` is in minor units.' });

export const slotExample = {
  slot_id: 41,
  state: 'free',
  site: 'Main Street Clinic',
  starts_at: '2027-01-15T09:00:00.000Z',
  ends_at: '2027-01-15T09:15:00.000Z',
  price: { amount: 2500, currency: 'USD' },
  brands: ['Pfizer', 'Moderna'],
};

/** A slot, with its version as the ETag. */
export const slotAnswer = {
  description: 'The slot.',
  schema: slotShape,
  example: slotExample,
  headers: ['ETag', 'Last-Modified'],
} satisfies Answer;
