import { keys } from '#domain/keys.ts';
import { Problem } from '#lib/problem.ts';
import type { Store } from '#lib/table.ts';
import type { Ticket } from './ticket.ts';

/** A tenant's ticket; refuses where there is none. */
export async function readTicket(
  { table }: Pick<Store, 'table'>,
  tenant: string,
  id: string,
): Promise<Ticket> {
  const ticket = await table.getItem(keys.ticket(tenant, id), 'read-ticket');
  if (!ticket) throw new Problem('not-found', { detail: 'There is no such ticket.' });
  return ticket as Ticket;
}
