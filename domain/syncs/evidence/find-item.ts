import { canonical } from '#lib/ids.ts';
import { leafOf, merkleTree } from '#lib/proof/merkle.ts';
import type { BatchItem } from '#systems/protocol.ts';

/**
 * An item of a batch with its index and Merkle path (hex, from the bottom up). Reads the whole
 * batch, and keeps one node per level.
 */
export async function findItem(items: AsyncIterable<BatchItem>, id: string) {
  const tree = merkleTree();
  let found: { item: BatchItem; index: number } | undefined;
  for await (const item of items) {
    const wanted = !found && item.id === id;
    if (wanted) found = { item, index: tree.size };
    tree.add(leafOf(canonical(item)), wanted);
  }
  return found && { ...found, path: tree.path().map((node) => node.toString('hex')) };
}
