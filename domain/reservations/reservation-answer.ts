import * as z from 'zod';
import type { Answer } from '#lib/http/declaration.ts';
import { brand } from './slots/brand.ts';

const reservation_id = z.string().regex(/^res_[A-Za-z0-9_-]+$/);
const reservationExample = 'res_AAAAAAApAZTFmVxddHKrMEYX1b9NNQ';

/** What a caller who has reserved a slot is told by v1. */
export const reservedAnswer = {
  description: 'The slot is yours.',
  schema: z.object({ status: z.literal('ok'), reservation_id }).meta({ id: 'Reserved' }),
  example: { status: 'ok', reservation_id: reservationExample },
  headers: ['Idempotent-Replayed'],
} satisfies Answer;

/** The same by v2: it names the brand, null where none was preferred and the slot has none. */
export const reservedBrandAnswer = {
  ...reservedAnswer,
  schema: z
    .object({ status: z.literal('ok'), reservation_id, brand: z.optional(brand) })
    .meta({ id: 'ReservedBrand' }),
  example: { ...reservedAnswer.example, brand: 'Moderna' },
} satisfies Answer;

/** Why a slot cannot be reserved, or not now. */
export const reserveProblems = [
  ...(['not-found', 'check-refused', 'slot-taken', 'request-in-progress', 'idempotency-key-reused'] as const),
  ...(['slot-history-full', 'check-unavailable', 'hold-lost', 'slot-unsettled'] as const),
] as const;

/** The same where a brand is preferred. */
export const reserveBrandProblems = [...reserveProblems, 'brand-not-offered'] as const;
