import type { Manifest } from '#systems/manifest.ts';
import type { Batch, BatchItem } from '#systems/protocol.ts';

/** The manifest with each call as its batch section overrides it. */
export const forBatch = (system: Manifest): Manifest => ({
  ...system,
  calls: Object.fromEntries(
    Object.entries(system.calls).map(([name, { batch, ...call }]) => [
      name,
      { ...call, ...batch } as Manifest['calls'][string],
    ]),
  ),
});

/**
 * A single event as a batch of one, for a system that takes only whole batches; otherwise
 * undefined.
 */
export function soleBatch({ batch }: Manifest, item: BatchItem | undefined): Batch | undefined {
  if (batch?.by !== 'whole' || !item) return undefined;
  async function* items(from = 0) {
    if (from === 0) yield item as BatchItem;
  }
  return { count: 1, amount_minor: item.amount_minor, items };
}
