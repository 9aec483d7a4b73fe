import { gzipSync } from 'node:zlib';

const cents = 2_500;

/** So many payments of $25.00 each, the same ones every time: OH-1, OH-2 and so on. */
export function payments(count: number) {
  const idOf = (number: number) => `OH-${number}`;
  const item = (number: number) => ({ id: idOf(number), amount_minor: cents });
  return {
    count,
    amount_minor: count * cents,
    /** The number of one in the midst of them, from 1. */
    picked: count >= 17_342 ? 17_342 : Math.ceil(count / 2),
    idOf,
    /** One JSON object a line, as an upload takes them. */
    gzipped: () => gzipSync(Array.from({ length: count }, (_, i) => `${JSON.stringify(item(i + 1))}\n`).join('')),
  };
}

export type Payments = ReturnType<typeof payments>;

export const dollars = (minor: number): string => (minor / 100).toLocaleString('en-US', { style: 'currency', currency: 'USD' });
export const numbered = (count: number): string => count.toLocaleString('en-US');
