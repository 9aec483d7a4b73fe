import * as z from 'zod';
import type { EventType } from './event.ts';

/** A benefit is raised or lowered for everybody who draws it in a state: a change for every system that pays or shows it. */
export const benefitAdjusted = {
  type: 'benefit.adjusted',
  version: 1,
  title: 'Benefit adjusted',
  told: 'sync',
  spelled: ['benefit_adjusted'],
  data: z.object({
    state: z
      .string()
      .regex(/^[A-Z]{2}$/, 'Two capital letters.')
      .meta({ 'x-subject': true }),
    delta_usd: z.int().min(-10_000).max(10_000).meta({ 'x-money': 'whole US dollars a week' }),
  }),
} satisfies EventType;
