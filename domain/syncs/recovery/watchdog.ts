import type { Store } from '#lib/aws/table.ts';
import { count, type measure, milliseconds } from '#lib/metrics.ts';
import { type OpenSync, openSyncs } from './open-syncs.ts';
import { type RecoverTools, recoverSync } from './recover-sync.ts';

type Tools = RecoverTools &
  Pick<Store, 'table'> & { random: () => number; measure: typeof measure; warn: Warn };
/** Logs a sync that could not be checked. */
type Warn = (what: string, about: { sync: string; outage: string }) => void;
type Counts = { open: number; parked: number; woken: number; overdueMs: number };

/** Most syncs per run, and how many in parallel: the next run is a minute away. */
const most = 60;
const atOnce = 10;

/**
 * One run of the watchdog; it always logs. `dlq_size`: parked syncs; `overdue_ms`: by how much the
 * oldest of the others is overdue.
 */
export async function runWatchdog(tools: Tools): Promise<string> {
  const counts: Counts = { open: 0, parked: 0, woken: 0, overdueMs: 0 };
  const overdue: OpenSync[] = [];
  try {
    for await (const sync of openSyncs(tools)) {
      const late = tools.clock.now() - sync.due;
      counts[sync.state === 'parked' ? 'parked' : 'open'] += 1;
      if (sync.state === 'parked' || late < 0) continue;
      counts.overdueMs = Math.max(counts.overdueMs, late);
      overdue.push(sync);
    }
    const chosen = byLot(overdue, tools.random);
    for (let from = 0; from < chosen.length; from += atOnce) {
      const looked = await Promise.all(chosen.slice(from, from + atOnce).map((sync) => lookAt(sync, tools)));
      counts.woken += looked.filter((saw) => saw === 'woken').length;
    }
  } finally {
    tools.measure('watchdog', metricsOf(counts));
  }
  return `${counts.open} open, ${counts.parked} parked, ${overdue.length} overdue, ${counts.woken} woken`;
}

/**
 * In random order: running syncs are overdue while they back off, and must not starve a lost one.
 */
const byLot = (overdue: OpenSync[], random: () => number): OpenSync[] =>
  overdue
    .map((sync) => ({ sync, lot: random() }))
    .sort((a, b) => a.lot - b.lot)
    .slice(0, most)
    .map(({ sync }) => sync);

/** A sync that cannot be checked now is checked in a later run. */
const lookAt = (sync: OpenSync, tools: Tools) =>
  recoverSync(sync, tools).catch((error: unknown) => {
    tools.warn('watchdog', {
      sync: sync.outsideToken,
      outage: error instanceof Error ? error.message : 'unknown',
    });
    return 'left' as const;
  });

const metricsOf = ({ open, parked, woken, overdueMs }: Counts) => ({
  open_syncs: count(open),
  dlq_size: count(parked),
  woken: count(woken),
  overdue_ms: milliseconds(overdueMs),
});
