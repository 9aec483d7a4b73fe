import { isDeepStrictEqual } from 'node:util';
import type { IndexName } from '#lib/aws/indexes.ts';
import type { Item } from '#lib/aws/table.ts';
import { keyOf, projections } from './indexes.ts';
import { itemSize } from './item-size.ts';

/** A refused write is billed for the existing item. */
export const writeUnits = (...sizes: (Item | undefined)[]) =>
  Math.max(1, ...sizes.map((item) => Math.ceil((item ? itemSize(item) : 0) / 1024)));

/** An index write is billed on its own: nothing for an unchanged row, twice for a moved one. */
export function indexUnits(before: Item | undefined, after: Item | undefined): number {
  const [lefts, rights] = [projections(before), projections(after)];
  return (Object.keys({ ...lefts, ...rights }) as IndexName[]).reduce((sum, name) => {
    const [left, right] = [lefts[name], rights[name]];
    if (isDeepStrictEqual(left, right)) return sum;
    const moves = left && right && keyOf(name).some((word) => left[word] !== right[word]);
    return sum + (moves ? writeUnits(left) + writeUnits(right) : writeUnits(left, right));
  }, 0);
}

/**
 * A strongly consistent read; an index read is not, and costs half. A query is billed for the sum
 * of its rows.
 */
export const readUnits = (items: Item[]) =>
  Math.max(1, Math.ceil(items.reduce((bytes, item) => bytes + itemSize(item), 0) / 4096));
