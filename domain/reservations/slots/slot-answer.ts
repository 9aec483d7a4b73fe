import * as z from 'zod';
import type { Answer } from '#lib/http/declaration.ts';
import { pageAnswer } from '#lib/http/page-answer.ts';
import { brand } from './brand.ts';

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
  .meta({ id: 'Slot', description: 'A slot in its current state. `price.amount` is in minor units.' });

/** A slot's description, as a scheduler sends it. */
export const describedExample = {
  site: 'Main Street Clinic',
  starts_at: '2027-01-15T09:00:00.000Z',
  ends_at: '2027-01-15T09:15:00.000Z',
  price: { amount: 2500, currency: 'USD' },
  brands: ['Pfizer', 'Moderna'],
};
export const slotExample = { slot_id: 41, state: 'free', ...describedExample };

/** A slot, with its version as the ETag. */
export const slotAnswer = {
  description: 'The slot.',
  schema: slotShape,
  example: slotExample,
  headers: ['ETag', 'Last-Modified'],
} satisfies Answer;

/** A new slot. */
export const slotCreatedAnswer = { ...slotAnswer, description: 'The new slot.' } satisfies Answer;

/** Slots by number. */
export const slotListAnswer = pageAnswer({
  description: 'Slots by number, built from events: the list may lag.',
  schema: slotShape,
  example: slotExample,
});
