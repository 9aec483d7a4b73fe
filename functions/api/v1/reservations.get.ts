import * as z from 'zod';
import { callers } from '#domain/access/callers.ts';
import { listRecords } from '#domain/reservations/list-records.ts';
import { recordView } from '#domain/reservations/reservation-view.ts';
import { decimal } from '#lib/decimal.ts';
import { endpoint } from '#lib/endpoint.ts';
import { cursor, limit } from '#lib/fields.ts';
import { listAnswer } from '#lib/list-answer.ts';
import { store } from '#lib/store.ts';

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
      (range) => listRecords(store(), tenant, { ...filter, ...range }),
      recordView,
    ),
);
