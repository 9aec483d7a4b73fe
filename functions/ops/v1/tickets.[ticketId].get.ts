import * as z from 'zod';
import { showTicket } from '#domain/syncs/tickets/show-ticket.ts';
import { endpoint } from '#lib/http/endpoint.ts';
import { callers } from '#wiring/access.ts';
import { deployedStore } from '#wiring/platform.ts';

const path = z.strictObject({ ticketId: z.string().max(40) });

/** One ticket: its cause, what is known of each system, and what is safe to do. */
export const handler = endpoint({ path, callers, role: 'operator' }, async ({ path, caller }) => {
  const { etag, body } = await showTicket(deployedStore(), caller.tenant, path.ticketId);
  return { status: 200, etag, body };
});
