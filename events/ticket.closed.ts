import type { EventType } from './event.ts';
import { ticketData } from './ticket-data.ts';

/** What waited for a person has been dealt with. */
export const ticketClosed = {
  type: 'ticket.closed',
  version: 1,
  title: 'Ticket closed',
  audience: 'bus',
  data: ticketData,
} satisfies EventType;
