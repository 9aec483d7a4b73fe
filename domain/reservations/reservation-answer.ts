import * as z from 'zod';
import type { Answer } from '#lib/http/declaration.ts';
import { pageAnswer } from '#lib/http/page-answer.ts';
import { brand } from './slots/brand.ts';

const reservation_id = z.string().regex(/^res_[A-Za-z0-9_-]+$/);
const reservationExample = 'res_AAAAAAApAZTFmVxddHKrMEYX1b9NNQ';

/** The v1 answer to a reservation. */
export const reservedAnswer = {
  description: 'The slot is reserved.',
  schema: z.object({ status: z.literal('ok'), reservation_id }).meta({ id: 'Reserved' }),
  example: { status: 'ok', reservation_id: reservationExample },
  headers: ['Idempotent-Replayed'],
} satisfies Answer;

/** The v2 answer names the brand, null where none was preferred and the slot has none. */
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

const reservation = {
  reservation_id,
  slot_id: z.int().positive(),
  state: z.enum(['booked', 'cancelled']),
  brand: z.optional(brand),
  reserved_at: z.iso.datetime().optional(),
  cancelled_at: z.iso.datetime().optional(),
};
const shown = {
  reservation_id: reservationExample,
  slot_id: 41,
  state: 'booked',
  reserved_at: '2027-01-10T14:03:22.117Z',
};
const paymentStates = [
  ...(['authorized', 'capturing', 'captured', 'capture-refused'] as const),
  ...(['voiding', 'voided', 'refunding', 'refunded'] as const),
] as const;

/** One reservation, with its payment state. */
export const reservationAnswer = {
  description: 'The reservation.',
  schema: z
    .object({ ...reservation, payment: z.object({ state: z.enum(paymentStates) }) })
    .meta({ id: 'Reservation' }),
  example: { ...shown, payment: { state: 'captured' } },
  headers: ['ETag'],
} satisfies Answer;

/** Reservations by slot, without their payments. */
export const reservationListAnswer = pageAnswer({
  description: 'Reservations by slot, built from events: the list may lag.',
  schema: z.object(reservation).meta({ id: 'ListedReservation' }),
  example: shown,
});

/** The answer to a cancellation, first or repeated. */
export const cancelledAnswer = {
  description: 'The reservation is cancelled, by this request or an earlier one.',
  schema: z
    .object({ status: z.literal('ok'), reservation_id, state: z.literal('cancelled') })
    .meta({ id: 'Cancelled' }),
  example: { status: 'ok', reservation_id: reservationExample, state: 'cancelled' },
} satisfies Answer;

/** Path parameters of every door about one reservation. */
export const exampleReservation = { path: { reservationId: reservationExample } };
