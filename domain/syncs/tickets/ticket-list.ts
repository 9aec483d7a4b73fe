import { keys } from '#domain/keys.ts';
import type { TicketData } from '#events/ticket-data.ts';
import { keepNewest } from '#lib/aws/projection.ts';
import type { Page, Store } from '#lib/aws/table.ts';

/** Keeps the tenant's tickets by the time of their opening. Promises: nothing newer is there. */
export const keepTicketList = (store: Store, tenant: string, v: number, view: TicketData): Promise<void> =>
  keepNewest(store, 'keep-ticket-list', {
    ...keys.listedTicket(tenant, Date.parse(view.opened_at), view.ticket_id),
    ...{ v, state: view.state, view },
  });

type Filter = { state?: string | undefined; limit: number; after?: string | undefined };

/** The tenant's tickets, built from events; `view` of each item is what operators see. */
export const listTickets = (
  { table }: Store,
  tenant: string,
  { state, limit, after }: Filter,
): Promise<Page> =>
  table.queryItems({
    label: 'list-tickets',
    pk: keys.listedTicket(tenant, 0, '').pk,
    limit,
    ...(after && { after }),
    ...(state && { filter: '#state = :state', values: { state } }),
  });
