/** One capability, simulated: what `npm run sim -- --of NAME` runs, and what `npm run sim:replay` tells. */
export type Simulator<Seen extends { violations: string[] } = { violations: string[] }, Sum = object> = {
  history: (seed: number) => Promise<Seen>;
  emptyTally: () => Sum;
  tally: (sum: Sum, seen: Seen) => void;
  /** A history line by line. */
  told: (seen: Seen) => string[];
};
