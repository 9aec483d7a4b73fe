import { canonical } from '#lib/ids.ts';
import { leafOf, rootFromProof } from '#lib/proof/merkle.ts';
import type { Bundle } from './bundle.ts';
import { type EvidenceCheck, Fault } from './fault.ts';
import { itemStory, storyInWords } from './item-story.ts';
import { numbered } from './plain-counts.ts';
import { readResults } from './read-results.ts';

/**
 * The item is in the batch at that index, which is shown counting from 1. Receipts are known not
 * to overlap by then, so one per phase has it.
 */
export const checkItem: EvidenceCheck = (bundle) => {
  const { item: found, batch } = bundle;
  if (!found) return undefined;
  const { item, index } = found;
  if (!batch) throw new Fault(`item ${item.id} belongs to no batch: there is none in this bundle`);
  if (!isIn(found, batch))
    throw new Fault(`item ${item.id} was changed, or is not number ${numbered(index + 1)} of this batch`);
  const story = itemStory(readResults(bundle, batch), bundle.rows, index);
  return `item ${item.id} is number ${numbered(index + 1)} of the batch${story.length > 0 ? `; ${storyInWords(story)}` : ''}`;
};

function isIn(
  { item, index, path }: NonNullable<Bundle['item']>,
  { count, root }: NonNullable<Bundle['batch']>,
): boolean {
  try {
    const nodes = path.map((node) => Buffer.from(node, 'hex'));
    return rootFromProof(leafOf(canonical(item)), index, count, nodes).toString('hex') === root;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}
