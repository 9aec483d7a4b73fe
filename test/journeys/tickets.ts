import type { Caller } from '#examples/labs/caller.ts';
import { eventually } from './running-lockstep.ts';

export type Ticket = {
  ticket_id: string;
  sync_id: string;
  state: string;
  cause: string;
  next_safe_action: string;
  safe_actions: { action: string; systems?: string[] }[];
  etag: string;
};

/** The ticket of a sync, found as an operator does: in the list, then by its id. */
export async function ticketOf(operator: Caller, sync: string, state = 'open'): Promise<Ticket> {
  const listed = await eventually(
    async () =>
      ((await operator('GET', `/ops/v1/tickets?state=${state}`)).body.items as Ticket[]).find(
        ({ sync_id }) => sync_id === sync,
      ),
    (found) => found !== undefined,
  );
  const answer = await operator('GET', `/ops/v1/tickets/${listed?.ticket_id}`);
  return { ...(answer.body as Ticket), etag: answer.headers.get('etag') ?? '' };
}
