import type { SyncData } from '#events/sync-data.ts';
import type { Store } from '#lib/aws/table.ts';
import { ticketsOn } from './tickets.ts';

/** Why a sync that its own caller took back needs nobody. */
const asked = (data: SyncData): boolean => data.undo_asked_at !== undefined;

/**
 * One open ticket for every sync that has not done what it was asked: parked, or rolled back without anybody's having asked for it. It closes when the sync
 * comes to another end; one that was rolled back by an operator's hand has had its person. Answers whether it is open now.
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

/** One sentence. */
const causeOf = ({ state, reason = 'it could not go on' }: SyncData): string =>
  `${state === 'parked' ? 'It waits for a person' : state === 'undone' ? 'It was taken back' : 'It was rolled back'}: ${reason}.`;
