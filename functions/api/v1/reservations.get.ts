import * as z from 'zod';
import { reservationListAnswer } from '#domain/reservations/reservation-answer.ts';
import { listRecords } from '#domain/reservations/reservation-record.ts';
import { recordView } from '#domain/reservations/reservation-view.ts';
import { decimal } from '#lib/http/decimal.ts';
import type { Declaration } from '#lib/http/declaration.ts';
import { cursor, limit } from '#lib/http/fields.ts';
import { tenantDoor } from '#wiring/access.ts';
import { listDoor } from '#wiring/list-door.ts';
import { deployedStore } from '#wiring/platform.ts';

const query = z.strictObject({
  slot: z.optional(decimal),
  state: z.enum(['booked', 'cancelled']).optional(),
  limit,
  cursor,
});

export const api = {
  summary: 'List reservations',
  query,
  example: { query: { state: 'booked', limit: 20 } },
  answers: { 200: reservationListAnswer },
  problems: [],
} satisfies Declaration;

/** The tenant's reservations by slot, built from events: they may lag by a second or two. */
export const handler = listDoor<typeof api>(
  tenantDoor,
  { query, list: 'reservations', show: recordView },
  (tenant, asking) => listRecords(deployedStore(), tenant, asking),
);
