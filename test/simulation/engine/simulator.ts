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

/** Looks at the histories of seeds 1 to `histories`, and returns their counts and all violations. */
export async function lookAt<Seen extends { violations: string[] }, Sum>(
  { history, emptyTally, tally }: Simulator<Seen, Sum>,
  histories: number,
): Promise<{ sum: Sum; violations: string[] }> {
  const sum = emptyTally();
  const violations: string[] = [];
  for (let seed = 1; seed <= histories; seed++) {
    const seen = await history(seed);
    tally(sum, seen);
    violations.push(...seen.violations);
  }
  return { sum, violations };
}
