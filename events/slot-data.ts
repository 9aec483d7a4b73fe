import * as z from 'zod';

/** The data of every slot event: the projected slot, and the reservation concerned, if any. */
export const slotData = z.object({
  slot_id: z.int().positive(),
  state: z.enum(['free', 'held', 'booked']),
  site: z.string(),
  starts_at: z.iso.datetime(),
  ends_at: z.iso.datetime().optional(),
  price: z
    .object({
      amount: z.int().nonnegative().meta({ 'x-money': 'minor units' }),
      currency: z.string().length(3),
    })
    .optional(),
  brands: z.array(z.string()).optional(),
  reservation: z
    .object({
      reservation_id: z.string().meta({ 'x-subject': true }),
      state: z.enum(['booked', 'cancelled']),
      reserved_at: z.iso.datetime(),
      cancelled_at: z.iso.datetime().optional(),
      brand: z.string().optional(),
    })
    .optional(),
});

export type Price = { amount: number; currency: string };
export type SlotData = z.output<typeof slotData>;
