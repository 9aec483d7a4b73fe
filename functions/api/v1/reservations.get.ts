import * as z from 'zod';
import { listRecords } from '#domain/reservations/reservation-record.ts';
import { recordView } from '#domain/reservations/reservation-view.ts';
import { decimal } from '#lib/http/decimal.ts';
import { endpoint } from '#lib/http/endpoint.ts';
import { cursor, limit } from '#lib/http/fields.ts';
import { listAnswer } from '#lib/http/list-answer.ts';
import { callers } from '#wiring/access.ts';
import { deployedStore } from '#wiring/platform.ts';

const query = z.strictObject({
  slot: z.optional(decimal),
  state: z.enum(['booked', 'cancelled']).optional(),
  limit,
  cursor,
});

/** The tenant's reservations by slot, as far as events have told. */
export const handler = endpoint(
  { query, callers },
  ({ query: { limit, cursor, ...filter }, caller: { tenant }, event }) =>
    listAnswer(
      { tenant, route: 'reservations', filter, event, limit, cursor },
      (range) => listRecords(deployedStore(), tenant, { ...filter, ...range }),
      recordView,
    ),
);
