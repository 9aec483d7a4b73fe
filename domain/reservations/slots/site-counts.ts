import { keys } from '#domain/keys.ts';
import type { Item, Store, Table } from '#lib/aws/table.ts';

/** Where one slot stands, as far as events have told. */
export type SlotSeen = { slot: number; v: number; site: string; taken: boolean };
type Row = Item & { v: number; site: string; taken: boolean };

const attempts = 5;

/** The dashboard's view: a row per slot, so that an old or repeated event is recognised, and a count per site. */
export const siteCountsOn = ({ table }: Store) => ({
  /**
   * Move one slot on the board. The row and the counts must agree, so they are one transaction. Promises: the row is the one that was read,
   * and nothing newer is there. Reads again when another event came in between, of the slot or of the site; throws when that goes on, and the message
   * comes again.
   */
  async keep(tenant: string, seen: SlotSeen): Promise<void> {
    for (let attempt = 0; attempt < attempts; attempt++) if (await move(table, tenant, seen)) return;
    throw new Error('The board keeps moving under this event');
  },
});

/** Says false when somebody else was faster. */
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
      condition: 'attribute_not_exists(#pk) OR attribute_exists(#pk)', // A count has no state of its own to protect: the row beside it decides.
      values: { site: name, zero: 0, free, taken: booked },
    })),
  ]);
  return moving.catch((error) => {
    if (error.name === 'TransactionCanceledException') return false;
    throw error;
  });
}

type Place = { site: string; taken: boolean };

/** What leaves one count and joins another; nothing for a site whose counts stay. */
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

/** Free and taken per site, by name of the site; a site whose last slot has moved away is not shown. */
export async function readSiteCounts({ table }: Store, tenant: string): Promise<Site[]> {
  const sites: Site[] = [];
  for (let after: string | undefined; ; ) {
    const page = await table.queryItems({
      label: 'read-board',
      pk: keys.boardSite(tenant, '').pk,
      prefix: 'site#',
      ...(after && { after }),
    });
    sites.push(
      ...page.items.map((item) => ({
        site: String(item.site),
        free: Number(item.free),
        taken: Number(item.taken),
      })),
    );
    after = page.last;
    if (!after) return sites.filter(({ free, taken }) => free + taken > 0);
  }
}
