/** A number as people read it: 75,000,000. */
export const numbered = (count: number): string => count.toLocaleString('en-US');
/** So many of what there is one of: 1 receipt, 124 receipts. */
export const counted = (count: number, one: string): string =>
  `${numbered(count)} ${one}${count === 1 ? '' : 's'}`;
