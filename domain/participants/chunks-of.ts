import type { BatchItem, Chunk } from '#systems/contract.ts';

/** A stream of items in slices of so many, each with its own totals; only one slice is in memory at a time. */
export async function* chunksOf(items: AsyncIterable<BatchItem>, size: number): AsyncGenerator<Chunk> {
  let [index, held] = [0, [] as BatchItem[]];
  const slice = () => chunkOf(index++, size, held);
  for await (const item of items) {
    held.push(item);
    if (held.length < size) continue;
    yield slice();
    held = [];
  }
  if (held.length > 0) yield slice();
}

const chunkOf = (index: number, size: number, items: BatchItem[]): Chunk => ({
  ...{ index, first: index * size, items, count: items.length },
  amount_minor: items.reduce((sum, { amount_minor }) => sum + amount_minor, 0),
});
