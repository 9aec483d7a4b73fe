import { gzipSync } from 'node:zlib';

const cents = 2_500;

/** This many payments of $25.00 each, always the same: OH-1, OH-2 and so on. */
export function payments(count: number) {
  const idOf = (number: number) => `OH-${number}`;
  const item = (number: number) => ({ id: idOf(number), amount_minor: cents });
  return {
    count,
    amount_minor: count * cents,
    /** The number of a payment in the middle, from 1. */
    picked: count >= 17_342 ? 17_342 : Math.ceil(count / 2),
    idOf,
    /** The shell command that makes the same file. */
    made: [
      `seq ${count} | sed 's/.*/{"id":"OH-&","amount_minor":${cents}}/' \\`,
      '  | gzip > payments.ndjson.gz',
    ],
    /** One JSON object a line, as uploads take it. */
    gzipped: () =>
      gzipSync(Array.from({ length: count }, (_, i) => `${JSON.stringify(item(i + 1))}\n`).join('')),
  };
}

export type Payments = ReturnType<typeof payments>;

export const dollars = (minor: number): string =>
  (minor / 100).toLocaleString('en-US', { style: 'currency', currency: 'USD' });
/** A count with its noun: 1 payment, 30,000 payments. */
export const counted = (count: number, one: string): string =>
  `${numbered(count)} ${one}${count === 1 ? '' : 's'}`;
export const numbered = (count: number): string => count.toLocaleString('en-US');
