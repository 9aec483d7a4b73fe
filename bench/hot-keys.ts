import { type IndexName, indexes } from '#lib/aws/indexes.ts';
import type { Item } from '#lib/aws/table.ts';
import type { Clock } from '#lib/clock.ts';

export type Hottest = { partition: string; writes: number };

/** The index partitions that hold this item: a write to it writes to them too. */
export const partitionsOf = (item: Item): string[] =>
  (Object.keys(indexes) as IndexName[]).flatMap((name) => {
    const value = item[indexes[name].partition];
    return typeof value === 'string' ? [`${name}: ${value}`] : [];
  });

/**
 * Writes to each partition key in each second. DynamoDB limits a partition to 1,000 write units a
 * second, whatever the table's capacity.
 */
export function hotKeys(clock: Clock) {
  const seconds = new Map<number, Map<string, number>>();
  return {
    wrote(partition: string): void {
      const second = Math.floor(clock.now() / 1000);
      const keys = seconds.get(second) ?? new Map<string, number>();
      seconds.set(second, keys.set(partition, (keys.get(partition) ?? 0) + 1));
    },
    /** The key with the most writes within one second. */
    hottest(): Hottest {
      const all = [...seconds.values()].flatMap((keys) =>
        [...keys].map(([partition, writes]) => ({ partition, writes })),
      );
      return all.reduce((most, each) => (each.writes > most.writes ? each : most), {
        partition: '',
        writes: 0,
      });
    },
    /** All writes to this partition. */
    writesTo: (partition: string): number =>
      [...seconds.values()].reduce((sum, keys) => sum + (keys.get(partition) ?? 0), 0),
    reset: () => seconds.clear(),
  };
}
