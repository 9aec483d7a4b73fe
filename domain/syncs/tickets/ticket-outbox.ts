import type { Teller } from '#domain/publishing/relay-images.ts';
import { type Ticket, ticketEventData } from '#domain/tickets/ticket.ts';

/** What a write of a ticket tells. */
export const ticketOutbox: Teller = {
  data: (image) => ticketEventData(image as unknown as Ticket),
  jobs: () => [],
};
