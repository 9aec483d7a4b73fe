import * as z from 'zod';
import { callers } from '#domain/access/callers.ts';
import { showTicket } from '#domain/show-ticket.ts';
import { endpoint } from '#lib/endpoint.ts';
import { store } from '#lib/store.ts';

const path = z.strictObject({ ticketId: z.string().max(40) });

/** One ticket: its cause, what is known of each system, and what is safe to do. */
export const handler = endpoint({ path, callers, role: 'operator' }, async ({ path, caller }) => {
  const { etag, body } = await showTicket(store(), caller.tenant, path.ticketId);
  return { status: 200, etag, body };
});
