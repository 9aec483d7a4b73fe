import type { BatchItem } from '#systems/protocol.ts';
import type { Hottest } from './hot-keys.ts';

/**
 * One change or one batch. `usd` is the whole AWS bill, and `usdBesideCalls` leaves out the
 * functions that wait for outside systems. `calls` are the functions' calls to AWS until the
 * final event is put, without progress writes.
 */
export type Size = { usd: number; usdBesideCalls: number; calls: number; hottest: Hottest };
/**
 * The figures of one side: `paths` are the states of a saga, and `writes` and `hops` are what a
 * saga waits for.
 */
export type Figures = {
  paths: { happy: string[]; refused: string[] };
  writes: number;
  hops: number;
  hopsWithReads: number;
  /**
   * USD of one change: `saga` is its states, deciding functions and writes, `all` the whole bill.
   */
  change: { saga: number; all: number };
  /**
   * Writes of one change to the partition that all changes of a tenant share; 0 where there is
   * none.
   */
  shared: number;
  one: Size;
  many: Size;
};

/** `count` payments of $25. */
export const itemsOf = (count: number): BatchItem[] =>
  Array.from({ length: count }, (_, index) => ({
    id: `payment-${String(index + 1).padStart(6, '0')}`,
    amount_minor: 2500,
  }));

export const sumOf = (calls: Map<string, number>): number =>
  [...calls.values()].reduce((all, count) => all + count, 0);
