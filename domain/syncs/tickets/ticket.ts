import type { TicketData } from '#events/ticket-data.ts';
import type { Item } from '#lib/aws/table.ts';
import { digest } from '#lib/ids.ts';
import { rfc3339 } from '#lib/rfc3339.ts';

/**
 * A sync that needs an operator, one ticket per sync. `syncV`: the version of the sync that it was
 * last updated from.
 */
export type Ticket = Item & {
  v: number;
  eventV: number;
  event: { type: string; at: number };
  id: string;
  tenant: string;
  sync: string;
  syncV: number;
  state: 'open' | 'closed';
  cause: string;
  openedAt: number;
  closedAt?: number;
};

export const ticketId = (sync: string): string => `tkt_${digest('ticket', sync)}`;

export const ticketEventData = ({ id, sync, state, cause, openedAt, closedAt }: Ticket): TicketData => ({
  ticket_id: id,
  sync_id: sync,
  state,
  cause,
  opened_at: rfc3339(openedAt),
  ...(closedAt !== undefined && { closed_at: rfc3339(closedAt) }),
});
