import * as z from 'zod';

/** The data of every ticket event. */
export const ticketData = z.object({
  ticket_id: z.string(),
  sync_id: z.guid(),
  state: z.enum(['open', 'closed']),
  cause: z.string(),
  opened_at: z.iso.datetime(),
  closed_at: z.iso.datetime().optional(),
});

export type TicketData = z.output<typeof ticketData>;
