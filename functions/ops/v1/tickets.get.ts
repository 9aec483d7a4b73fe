import * as z from 'zod';
import { callers } from '#domain/access/callers.ts';
import { listTickets } from '#domain/tickets/list-tickets.ts';
import { endpoint } from '#lib/endpoint.ts';
import { cursor, limit } from '#lib/fields.ts';
import { listAnswer } from '#lib/list-answer.ts';
import { store } from '#lib/store.ts';

const query = z.strictObject({ state: z.enum(['open', 'closed']).optional(), limit, cursor });

/** What waits for a person, oldest first. */
export const handler = endpoint(
  { query, callers, role: 'operator' },
  ({ query: { limit, cursor, ...filter }, caller: { tenant }, event }) =>
    listAnswer(
      { tenant, route: 'tickets', filter, event, limit, cursor },
      (range) => listTickets(store(), tenant, { ...filter, ...range }),
      ({ view }) => view,
    ),
);
