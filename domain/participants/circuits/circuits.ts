import { keys } from '#domain/keys.ts';
import type { Item, Store } from '#lib/aws/table.ts';
import { type Circuit, opensAfter } from './circuit.ts';

const firstPauseMs = 5_000;
const longestPauseMs = 300_000;
/**
 * The circuit breakers of these systems. Writes are best effort: a circuit only saves calls, and
 * decides nothing of a sync.
 */
export function circuitsOn({ table, clock }: Store, systems: string[]) {
  let known: Circuit[] = [];

  /**
   * Promises: the circuit is the one that was read. Closing an open circuit wakes the syncs that
   * wait for the system.
   */
  async function write(
    system: string,
    from: Circuit | undefined,
    to: Partial<Circuit>,
    recovered = false,
  ): Promise<void> {
    const v = (from?.v ?? 0) + 1;
    const event = recovered ? { event: { type: 'system.recovered', at: clock.now() }, eventV: v } : {};
    const item = { ...keys.standing(system), failures: 0, ...from, ...to, ...event, v };
    const condition = from ? '#v = :v' : 'attribute_not_exists(#pk)';
    await table.putItem({
      label: 'report-standing',
      item,
      condition,
      ...(from && { values: { v: from.v } }),
    });
  }

  async function failed(
    system: string,
    from: Circuit | undefined,
    pauseMs: number | undefined,
  ): Promise<void> {
    const failures = (from?.failures ?? 0) + 1;
    const growing =
      failures >= opensAfter ? Math.min(firstPauseMs * 2 ** (failures - opensAfter), longestPauseMs) : 0;
    const pause = Math.max(growing, pauseMs ?? 0);
    await write(system, from, { failures, ...(pause > 0 && { until: clock.now() + pause }) });
  }

  return {
    /** The keys of the circuits: the coordinator reads them in one call with its sync. */
    keys: systems.map(keys.standing),

    /** The systems not to be called, and until when, from the items read. */
    resting(read: (Item | undefined)[]): Record<string, number> {
      known = read.filter((item) => item !== undefined) as Circuit[];
      const resting = known.map(
        ({ sk, until = 0, paused }) => [sk, paused ? Number.POSITIVE_INFINITY : until] as const,
      );
      return Object.fromEntries(resting.filter(([, until]) => until > clock.now()));
    },

    /**
     * Counts the answers and failures of one round. Any answer closes the circuit; a healthy
     * system costs no write.
     */
    async report(reported: { system: string; answered: boolean; pauseMs?: number }[]): Promise<void> {
      const news = reported.flatMap(({ system, answered, pauseMs }) => {
        const from = known.find(({ sk }) => sk === system);
        if (!answered) return [failed(system, from, pauseMs)];
        if (!from || (from.failures === 0 && from.until === undefined)) return [];
        const { until: _, ...closed } = from;
        return [write(system, closed as Circuit, { failures: 0 }, from.failures >= opensAfter)];
      });
      await Promise.allSettled(news);
    },
  };
}

/** Every circuit that has ever failed or been operated. */
export const readCircuits = async ({ table }: Pick<Store, 'table'>): Promise<Circuit[]> =>
  (await table.queryItems({ label: 'read-standings', pk: keys.standing('').pk })).items as Circuit[];
