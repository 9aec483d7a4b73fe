import * as z from 'zod';
import { text } from '#lib/text.ts';
import type { EventType } from './event.ts';

/** A benefit is raised or lowered in a state, in every system that pays or shows it. */
export const benefitAdjusted = {
  type: 'benefit.adjusted',
  version: 1,
  title: 'Benefit adjusted',
  audience: 'systems',
  spelled: ['benefit_adjusted'],
  data: z.object({
    state: z
      .string()
      .regex(/^[A-Z]{2}$/, 'Two capital letters.')
      .meta({ 'x-subject': true }),
    delta_usd: z.int().min(-10_000).max(10_000).meta({ 'x-money': 'whole US dollars a week' }),
  }),
  batch: {
    item: z.strictObject({
      /** The id of one payment, unique within a batch. */
      id: z
        .string()
        .regex(/^[A-Za-z0-9._-]{1,32}$/, 'Up to 32 letters, digits, dots, dashes and underscores.'),
      amount_minor: z.int().min(-100_000_000).max(100_000_000).meta({ 'x-money': 'US cents' }),
      payee: text(120).max(40).optional().meta({ 'x-pii': true }),
    }),
    sole: ({ state, delta_usd }) => ({ id: String(state), amount_minor: Number(delta_usd) * 100 }),
  },
} satisfies EventType;
