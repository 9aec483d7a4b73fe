import type { EventType } from './event.ts';
import { ticketData } from './ticket-data.ts';

/** A sync waits for an operator. */
export const ticketOpened = {
  type: 'ticket.opened',
  version: 1,
  title: 'Ticket opened',
  audience: 'bus',
  data: ticketData,
} satisfies EventType;
