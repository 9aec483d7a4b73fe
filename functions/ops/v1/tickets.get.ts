import * as z from 'zod';
import { listTickets } from '#domain/syncs/tickets/ticket-list.ts';
import { endpoint } from '#lib/http/endpoint.ts';
import { cursor, limit } from '#lib/http/fields.ts';
import { listAnswer } from '#lib/http/list-answer.ts';
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
