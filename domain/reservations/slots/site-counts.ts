import { keys } from '#domain/keys.ts';
import { everyItem, untilWritten } from '#lib/aws/projection.ts';
import type { Item, Store, Table } from '#lib/aws/table.ts';

/** State of one slot by the last event. */
export type SlotSeen = { slot: number; v: number; site: string; taken: boolean };
type Row = Item & { v: number; site: string; taken: boolean };

/**
 * The dashboard's projection: a row per slot, which detects old or repeated events, and a count
 * per site.
 */
export const siteCountsOn = ({ table }: Store) => ({
  /**
   * Moves one slot on the board; row and counts are one transaction. Promises: the row is the one
   * that was read, and nothing newer is there. Retries on a conflict with another event, then
   * throws, and the message is retried.
   */
  async keep(tenant: string, seen: SlotSeen): Promise<void> {
    await untilWritten(() => move(table, tenant, seen), 'The board kept changing under this event');
  },
});

/** Returns false on a conflict with another event. */
async function move(table: Table, tenant: string, { slot, v, site, taken }: SlotSeen): Promise<boolean> {
  const key = keys.boardSlot(tenant, slot);
  const row = (await table.getItem(key, 'read-board-row')) as Row | undefined;
  if (row && row.v >= v) return true;
  const counts = changes(row, { site, taken });
  const moving = table.transactWriteItems([
    {
      label: 'keep-board-row',
      key,
      update: 'SET #v = :v, #site = :site, #taken = :taken',
      condition: row ? '#v = :seen' : 'attribute_not_exists(#pk)',
      values: { v, site, taken, ...(row && { seen: row.v }) },
    },
    ...[...counts].map(([name, { free, taken: booked }]) => ({
      label: 'count-board-site',
      key: keys.boardSite(tenant, name),
      update:
        'SET #site = :site, #free = if_not_exists(#free, :zero) + :free, #taken = if_not_exists(#taken, :zero) + :taken',
      // A count has no state to protect: the row in the same transaction decides.
      condition: 'attribute_not_exists(#pk) OR attribute_exists(#pk)',
      values: { site: name, zero: 0, free, taken: booked },
    })),
  ]);
  return moving.catch((error) => {
    if (error.name === 'TransactionCanceledException') return false;
    throw error;
  });
}

type Place = { site: string; taken: boolean };

/** The difference in each site's counts; empty when nothing changes. */
function changes(from: Place | undefined, to: Place): Map<string, { free: number; taken: number }> {
  const counts = new Map<string, { free: number; taken: number }>();
  for (const [place, by] of [[from, -1] as const, [to, 1] as const]) {
    if (!place) continue;
    const count = counts.get(place.site) ?? { free: 0, taken: 0 };
    count[place.taken ? 'taken' : 'free'] += by;
    counts.set(place.site, count);
  }
  return new Map([...counts].filter(([, { free, taken }]) => free !== 0 || taken !== 0));
}

export type Site = { site: string; free: number; taken: number };

/** Free and taken slots per site, by name; a site without slots is left out. */
export async function readSiteCounts({ table }: Store, tenant: string): Promise<Site[]> {
  const { pk } = keys.boardSite(tenant, '');
  const rows = everyItem((from) => table.queryItems({ label: 'read-board', pk, prefix: 'site#', ...from }));
  const sites = await Array.fromAsync(rows, ({ site, free, taken }) => ({
    ...{ site: String(site), free: Number(free), taken: Number(taken) },
  }));
  return sites.filter(({ free, taken }) => free + taken > 0);
}
