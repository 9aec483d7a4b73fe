import type { Outbox } from '#domain/relay/relay.ts';
import { type Ticket, ticketEventData } from './ticket.ts';

/** The event of a write of a ticket. */
export const ticketOutbox: Outbox = {
  data: (image) => ticketEventData(image as unknown as Ticket),
  jobs: () => [],
};
