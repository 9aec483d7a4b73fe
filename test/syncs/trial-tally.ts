import type { Trial } from './trial.ts';

/**
 * Counts over many trials. An ending counts at each rest, so a sync that was undone after success
 * counts as both.
 */
export const emptyTally = () => ({
  ...{ trials: 0, planned: 0, wakes: 0 },
  endings: {} as Record<string, number>,
  fired: new Map<string, number>(),
  violations: [] as string[],
});
export type Tally = ReturnType<typeof emptyTally>;

export function tally(sum: Tally, planned: number, { endings, fired, violations, wakes }: Trial): void {
  sum.trials += 1;
  sum.planned += planned;
  sum.wakes += wakes;
  for (const ending of endings) sum.endings[ending] = (sum.endings[ending] ?? 0) + 1;
  for (const name of fired) sum.fired.set(name, (sum.fired.get(name) ?? 0) + 1);
  sum.violations.push(...violations);
}

/**
 * `72 singles, 2,556 pairs: 0 violations; committed 3, …`, and how many of the planned faults
 * happened.
 */
export function summaryOf(
  what: string,
  { trials, planned, wakes, endings, fired, violations }: Tally,
): string {
  const of = (state: string) => count(endings[state] ?? 0);
  const happened = [...fired.values()].reduce((sum, times) => sum + times, 0);
  const ended = `committed ${of('committed')}, rolled back ${of('rolled_back')}, undone ${of('undone')}, parked ${of('parked')}`;
  return `${what}: ${count(violations.length)} violations; ${ended}; ${count(trials)} trials, ${count(happened)} of ${count(planned)} planned faults happened, ${count(wakes)} woken by the watchdog`;
}

export const count = (n: number): string => n.toLocaleString('en-US');
