/**
 * One simulated capability: `npm run sim -- --of NAME` runs it, and `npm run sim:replay` prints a
 * history of it.
 */
export type Simulator<Seen extends { violations: string[] } = { violations: string[] }, Sum = object> = {
  history: (seed: number) => Promise<Seen>;
  emptyTally: () => Sum;
  tally: (sum: Sum, seen: Seen) => void;
  /** A history, line by line. */
  lines: (seen: Seen) => string[];
};
