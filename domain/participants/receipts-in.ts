import type { Receipt } from '#systems/contract.ts';

/** A receipt as it is kept; `validUntil` (ms) ends the yes that it stands for. */
export type Kept = Receipt & { validUntil?: number };

/** One receipt per chunk, in the order of the chunks. */
export function receiptsIn(item: object | undefined): Kept[] {
  const texts = [...((item as { receipts?: Set<string> } | undefined)?.receipts ?? [])].sort();
  const all = texts.map((text) => JSON.parse(text) as Kept);
  return [...new Map(all.map((receipt) => [receipt.chunk, receipt])).values()].sort(
    (a, b) => a.chunk - b.chunk,
  );
}
