import { keys } from '#domain/keys.ts';
import type { Store } from '#lib/aws/table.ts';
import { Problem } from '#lib/problem.ts';
import { type Ticket, ticketId } from './ticket.ts';

/** A tenant's ticket; refuses an unknown id. */
export async function readTicket(
  { table }: Pick<Store, 'table'>,
  tenant: string,
  id: string,
): Promise<Ticket> {
  const ticket = await table.getItem(keys.ticket(tenant, id), 'read-ticket');
  if (!ticket) throw new Problem('not-found', { detail: 'There is no such ticket.' });
  return ticket as Ticket;
}

export type SyncNotice = { tenant: string; sync: string; syncV: number; cause: string; at: number };

/**
 * The writes of a ticket. Each promises: the ticket has no newer version of the sync; one ticket
 * per sync is opened again whenever the sync needs an operator.
 */
export const ticketsOn = ({ table }: Pick<Store, 'table'>) => ({
  async open({ tenant, sync, syncV, cause, at }: SyncNotice): Promise<void> {
    const id = ticketId(sync);
    await table.updateItem({
      label: 'open-ticket',
      key: keys.ticket(tenant, id),
      update: `SET #id = :id, #tenant = :tenant, #sync = :sync, #state = :state, #cause = :cause, #syncV = :syncV, #event = :event,
        #openedAt = if_not_exists(#openedAt, :at), #v = if_not_exists(#v, :zero) + :one, #eventV = if_not_exists(#v, :zero) + :one REMOVE #closedAt`,
      condition: 'attribute_not_exists(#pk) OR #syncV < :syncV',
      values: {
        id,
        tenant,
        sync,
        state: 'open',
        cause,
        syncV,
        at,
        zero: 0,
        one: 1,
        event: { type: 'ticket.opened', at },
      },
    });
  },

  async close({ tenant, sync, syncV, at }: Omit<SyncNotice, 'cause'>): Promise<void> {
    await table.updateItem({
      label: 'close-ticket',
      key: keys.ticket(tenant, ticketId(sync)),
      update:
        'SET #state = :closed, #closedAt = :at, #syncV = :syncV, #event = :event, #eventV = #v + :one, #v = #v + :one',
      condition: 'attribute_exists(#pk) AND #state = :open AND #syncV <= :syncV',
      values: { closed: 'closed', open: 'open', at, syncV, one: 1, event: { type: 'ticket.closed', at } },
    });
  },
});
