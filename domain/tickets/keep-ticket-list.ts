import { keys } from '#domain/keys.ts';
import type { TicketData } from '#events/ticket-data.ts';
import type { Store } from '#lib/table.ts';

/** The tenant's tickets by the time at which they were first opened. Promises: nothing newer is there. */
export async function keepTicketList(
  { table }: Store,
  tenant: string,
  v: number,
  view: TicketData,
): Promise<void> {
  const item = {
    ...keys.listedTicket(tenant, Date.parse(view.opened_at), view.ticket_id),
    v,
    state: view.state,
    view,
  };
  await table.putItem({
    label: 'keep-ticket-list',
    item,
    condition: 'attribute_not_exists(#pk) OR #v < :v',
    values: { v },
  });
}
