import * as z from 'zod';
import { ticketListAnswer } from '#domain/syncs/tickets/listed-ticket-answer.ts';
import { listTickets } from '#domain/syncs/tickets/ticket-list.ts';
import type { Declaration } from '#lib/http/declaration.ts';
import { cursor, limit } from '#lib/http/fields.ts';
import { operatorDoor } from '#wiring/access.ts';
import { listDoor } from '#wiring/list-door.ts';
import { deployedStore } from '#wiring/platform.ts';

const query = z.strictObject({ state: z.enum(['open', 'closed']).optional(), limit, cursor });

export const api = {
  summary: 'List tickets',
  query,
  example: { query: { state: 'open', limit: 20 } },
  answers: { 200: ticketListAnswer },
  problems: [],
} satisfies Declaration;

/** The tickets that wait for an operator, oldest first. */
export const handler = listDoor<typeof api>(operatorDoor, { query, list: 'tickets' }, (tenant, asking) =>
  listTickets(deployedStore(), tenant, asking),
);
