import { keys } from '#domain/keys.ts';
import type { Store } from '#lib/table.ts';
import { ticketId } from './ticket.ts';

export type Told = { tenant: string; sync: string; syncV: number; cause: string; at: number };

/** The ticket's writes, a promise each: nothing newer of the sync has been told to it. There is one ticket for a sync, opened as often as it needs a person. */
export const ticketsOn = ({ table }: Pick<Store, 'table'>) => ({
  async open({ tenant, sync, syncV, cause, at }: Told): Promise<void> {
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

  async close({ tenant, sync, syncV, at }: Omit<Told, 'cause'>): Promise<void> {
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
