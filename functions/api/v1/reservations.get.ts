import * as z from 'zod';
import { callers } from '#domain/access/callers.ts';
import { listRecords } from '#domain/reservations/reservation-records.ts';
import { recordView } from '#domain/reservations/reservation-view.ts';
import { fromCursor } from '#lib/cursor.ts';
import { endpoint } from '#lib/endpoint.ts';
import { cursor, decimal, limit } from '#lib/fields.ts';
import { listAnswer } from '#lib/list-answer.ts';
import { paged } from '#lib/paged.ts';
import { store } from '#lib/store.ts';

const query = z.strictObject({ slot: decimal.optional(), state: z.enum(['booked', 'cancelled']).optional(), limit, cursor });

/** The tenant's reservations by slot, as far as events have told. */
export const handler = endpoint({ query, callers }, async ({ query: { limit, cursor, ...filter }, caller, event }) => {
  const question = { tenant: caller.tenant, route: 'reservations', filter };
  const page = await paged(limit, fromCursor(question, cursor), (most, after) =>
    listRecords(store(), caller.tenant, { ...filter, limit: most, after }),
  );
  return listAnswer(event, question, page, recordView);
});
