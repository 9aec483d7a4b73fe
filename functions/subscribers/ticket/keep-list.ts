import { keepTicketList } from '#domain/syncs/tickets/ticket-list.ts';
import { ticketSubscriber } from '#wiring/subscribers.ts';

/** Keeps the operators' list of tickets. */
export const handler = ticketSubscriber('ticket/keep-list', (store, { tenant, v, data }) =>
  keepTicketList(store, tenant, v, data),
);
