import * as z from 'zod';
import { actOnTicket } from '#domain/syncs/tickets/act-on-ticket.ts';
import { actions } from '#domain/syncs/tickets/operate-sync.ts';
import { endpoint } from '#lib/http/endpoint.ts';
import { tagsOf } from '#lib/http/preconditions.ts';
import { Problem } from '#lib/problem.ts';
import { callers } from '#wiring/access.ts';
import { deployedStore } from '#wiring/platform.ts';
import { syncTools } from '#wiring/syncs.ts';

const path = z.strictObject({ ticketId: z.string().max(40) });
const body = z.strictObject({
  action: z.enum(actions),
  system: z.string().max(31).optional(),
  reason: z.string().trim().min(1).max(300),
});

/** An operator's decision, with his reason, on what he has seen (If-Match). It goes into the ledger. */
export const handler = endpoint(
  { path, body, callers, role: 'operator' },
  async ({ path, body, caller, event }) => {
    const seen = tagsOf(event.headers['if-match']);
    if (!seen)
      throw new Problem('precondition-required', {
        detail: 'Name what you have seen of the ticket in If-Match.',
      });
    const command = {
      tenant: caller.tenant,
      id: path.ticketId,
      seen,
      operate: { ...body, by: caller.keyId },
    };
    const { etag, body: ticket } = await actOnTicket(command, { ...syncTools(), store: deployedStore() });
    return { status: 200, etag, body: ticket };
  },
);
