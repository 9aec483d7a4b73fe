import type { Manifest } from '#systems/manifest.ts';
import type { Batch, BatchItem } from '#systems/protocol.ts';

/** A system as it is called about batches: each call with what its manifest says of them. */
export const forBatch = (system: Manifest): Manifest => ({
  ...system,
  calls: Object.fromEntries(
    Object.entries(system.calls).map(([name, { batch, ...call }]) => [
      name,
      { ...call, ...batch } as Manifest['calls'][string],
    ]),
  ),
});

/** A system that knows nothing but items is given a single event as a batch of one; undefined for any other. */
export function soleBatch({ batch }: Manifest, item: BatchItem | undefined): Batch | undefined {
  if (batch?.by !== 'whole' || !item) return undefined;
  async function* items(from = 0) {
    if (from === 0) yield item as BatchItem;
  }
  return { count: 1, amount_minor: item.amount_minor, items };
}
