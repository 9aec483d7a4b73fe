import type { Outbox } from '#domain/relay/relay.ts';
import { type Ticket, ticketEventData } from './ticket.ts';

/** What a write of a ticket tells. */
export const ticketOutbox: Outbox = {
  data: (image) => ticketEventData(image as unknown as Ticket),
  jobs: () => [],
};
