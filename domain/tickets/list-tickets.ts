import { keys } from '#domain/keys.ts';
import type { Page, Store } from '#lib/table.ts';

type Filter = { state?: string | undefined; limit: number; after?: string | undefined };

/** The tenant's tickets as far as events have told; `view` of each item is what operators see. */
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
