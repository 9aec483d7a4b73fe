import type { BatchItem } from '#systems/protocol.ts';
import type { Hottest } from './hot-keys.ts';

/**
 * One change or one batch. `usd` is all that AWS bills, `usdBesideCalls` the same without the functions that call outside systems, whose bill is as long as
 * those take to answer. `calls` are those to AWS that functions make between the request and the event of its end, writes of progress aside.
 */
export type Size = { usd: number; usdBesideCalls: number; calls: number; hottest: Hottest };
/** What was measured of one side: the states of a saga that all agree to and of one that one refuses, and the writes, and the hops in a row, that a saga waits for. */
export type Figures = {
  paths: { happy: string[]; refused: string[] };
  writes: number;
  hops: number;
  hopsWithReads: number;
  /** One change in USD: of the saga by itself (its states, the functions that decide, its writes), and with everything around it. */
  change: { saga: number; all: number };
  /** How often one change writes to the partition that all changes of a tenant share; 0 where there is none. */
  shared: number;
  one: Size;
  many: Size;
};

/** So many payments of $25. */
export const itemsOf = (count: number): BatchItem[] =>
  Array.from({ length: count }, (_, index) => ({
    id: `payment-${String(index + 1).padStart(6, '0')}`,
    amount_minor: 2500,
  }));

export const sumOf = (calls: Map<string, number>): number =>
  [...calls.values()].reduce((all, count) => all + count, 0);
