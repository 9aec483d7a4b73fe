/** A number with separators: 75,000,000. */
export const numbered = (count: number): string => count.toLocaleString('en-US');
/** A count with its noun: 1 receipt, 124 receipts. */
export const counted = (count: number, one: string): string =>
  `${numbered(count)} ${one}${count === 1 ? '' : 's'}`;
