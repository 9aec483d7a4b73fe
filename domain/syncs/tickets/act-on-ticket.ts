import { isEnded, type Limits } from '#domain/syncs/sync.ts';
import type { Syncs } from '#domain/syncs/syncs.ts';
import type { Store } from '#lib/aws/table.ts';
import { Problem } from '#lib/problem.ts';
import { type Operate, operated } from './operate-sync.ts';
import { showTicket } from './show-ticket.ts';
import { ticketsOn } from './tickets.ts';

/** `seen`: the ETags of the ticket that the operator has read. */
export type ActOnTicket = { tenant: string; id: string; seen: string[] | 'any'; operate: Operate };
type Tools = { store: Store; syncs: Syncs; limits: Limits };

/**
 * Applies an operator's action to the version of the ticket that they have read. The ticket of an
 * ended sync is only closed.
 */
export async function actOnTicket(
  { tenant, id, seen, operate }: ActOnTicket,
  { store, syncs, limits }: Tools,
) {
  const { ticket, sync, etag } = await showTicket(store, tenant, id);
  if (seen !== 'any' && !seen.includes(etag)) throw new Problem('precondition-failed');
  const at = store.clock.now();
  const written = await syncs.change(sync, 'operate', (now) => {
    if (now.v !== sync.v) throw new Problem('precondition-failed');
    return operated(now, operate, at, limits);
  });
  if (isEnded(written)) await ticketsOn(store).close({ tenant, sync: ticket.sync, syncV: written.v, at });
  return showTicket(store, tenant, id, '../../../../');
}
