import * as z from 'zod';
import { listTickets } from '#domain/tickets/list-tickets.ts';
import { endpoint } from '#lib/endpoint.ts';
import { cursor, limit } from '#lib/fields.ts';
import { listAnswer } from '#lib/list-answer.ts';
import { callers } from '#wiring/access.ts';
import { deployedStore } from '#wiring/platform.ts';

const query = z.strictObject({ state: z.enum(['open', 'closed']).optional(), limit, cursor });

/** What waits for a person, oldest first. */
export const handler = endpoint(
  { query, callers, role: 'operator' },
  ({ query: { limit, cursor, ...filter }, caller: { tenant }, event }) =>
    listAnswer(
      { tenant, route: 'tickets', filter, event, limit, cursor },
      (range) => listTickets(deployedStore(), tenant, { ...filter, ...range }),
      ({ view }) => view,
    ),
);
