import { logger } from '#lib/logger.ts';
import { count, measure, milliseconds } from '#lib/metrics.ts';
import { store } from '#lib/store.ts';
import { recover } from './recovering.ts';
import { type OpenSync, openSyncs } from './syncs/open-syncs.ts';

/** At most so many are looked at in one turn, so many at once: the next turn is a minute away. */
const most = 60;
const atOnce = 10;

/** One turn of the watchdog. `dlq_size`: what waits for a person; `overdue_ms`: by how much the oldest of the rest is overdue. Whatever happens, it says so. */
export async function watch(): Promise<string> {
  const { table, clock } = store();
  const counts = { open: 0, parked: 0, woken: 0, overdueMs: 0 };
  const overdue: OpenSync[] = [];
  try {
    for await (const sync of openSyncs({ table })) {
      counts[sync.state === 'parked' ? 'parked' : 'open'] += 1;
      if (sync.state === 'parked' || sync.due > clock.now()) continue;
      counts.overdueMs = Math.max(counts.overdueMs, clock.now() - sync.due);
      overdue.push(sync);
    }
    // By lot: those that run are overdue for as long as they back off, and must not hide one that is lost.
    const chosen = overdue
      .map((sync) => ({ sync, lot: Math.random() }))
      .sort((a, b) => a.lot - b.lot)
      .slice(0, most);
    for (let from = 0; from < chosen.length; from += atOnce) {
      const looked = await Promise.all(chosen.slice(from, from + atOnce).map(({ sync }) => look(sync)));
      counts.woken += looked.filter((saw) => saw === 'woken').length;
    }
  } finally {
    tell(counts);
  }
  return `${counts.open} open, ${counts.parked} parked, ${overdue.length} overdue, ${counts.woken} woken`;
}

/** One that cannot be looked at now is looked at in another turn. */
const look = (sync: OpenSync) =>
  recover(sync).catch((error: unknown) => {
    logger().warn('watchdog', {
      sync: sync.wire,
      outage: error instanceof Error ? error.message : 'unknown',
    });
    return 'left' as const;
  });

function tell({
  open,
  parked,
  woken,
  overdueMs,
}: Record<'open' | 'parked' | 'woken' | 'overdueMs', number>): void {
  measure('watchdog', {
    open_syncs: count(open),
    dlq_size: count(parked),
    woken: count(woken),
    overdue_ms: milliseconds(overdueMs),
  });
}
