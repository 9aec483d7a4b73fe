import type { EventType } from './event.ts';
import { ticketData } from './ticket-data.ts';

/** The sync of a ticket no longer waits for an operator. */
export const ticketClosed = {
  type: 'ticket.closed',
  version: 1,
  title: 'Ticket closed',
  audience: 'bus',
  data: ticketData,
} satisfies EventType;
