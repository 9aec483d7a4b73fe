import type { SyncData } from '#events/sync-data.ts';
import type { Store } from '#lib/aws/table.ts';
import { ticketsOn } from './tickets.ts';

/** An undo by its own caller needs no operator. */
const asked = (data: SyncData): boolean => data.undo_asked_at !== undefined;

/**
 * Keeps one open ticket per sync that is parked, or was rolled back without an undo request. It
 * closes when the sync ends otherwise, or was rolled back by an operator; returns whether it is
 * open.
 */
export async function keepTicket(
  store: Store,
  tenant: string,
  v: number,
  data: SyncData,
  at: number,
): Promise<boolean> {
  const tickets = ticketsOn(store);
  const told = { tenant, sync: data.sync_id, syncV: v, at };
  const lost = (data.state === 'rolled_back' || data.state === 'undone') && !data.by_hand && !asked(data);
  const waits = data.state === 'parked' || lost;
  if (waits) await tickets.open({ ...told, cause: causeOf(data) });
  else if (data.state === 'committed' || data.state === 'undone' || data.state === 'rolled_back')
    await tickets.close(told);
  return waits;
}

/** The cause, in one sentence. */
const causeOf = ({ state, reason = 'it could not continue' }: SyncData): string =>
  `${state === 'parked' ? 'It waits for an operator' : state === 'undone' ? 'It was undone' : 'It was rolled back'}: ${reason}.`;
