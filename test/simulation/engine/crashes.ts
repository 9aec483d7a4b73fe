import { type Faults, oneCrash } from './faults.ts';

export type Crashes = {
  crashed: Set<string>;
  called: Set<string>;
  violations: string[];
  histories: number;
};
type Seen = { calls: Map<string, number>; violations: string[] };
export const noCrashes = (): Crashes => ({
  crashed: new Set(),
  called: new Set(),
  violations: [],
  histories: 0,
});

/**
 * Crashes each process of these names at each of its calls, before and after it, one crash per
 * history, until no call is left.
 */
export async function crashEach(
  names: string[],
  history: (seed: number, faults: Faults) => Promise<Seen>,
  sum: Crashes,
): Promise<void> {
  for (const name of names)
    for (const when of ['before', 'after'] as const)
      for (let nth = 0, ended = false; !ended; nth++)
        for (let call = 0; ; call++) {
          const faults = oneCrash(name, nth, call, when);
          const { violations, calls } = await history(7 + call, faults);
          sum.histories += 1;
          const crashed = faults.met.size > 0;
          ended = call === 0 && !crashed;
          if (!crashed) {
            for (const label of calls.keys()) sum.called.add(label);
            break;
          }
          for (const label of faults.met.keys()) sum.crashed.add(`${label} ${when}`);
          sum.violations.push(
            ...violations.map((violation) => `${name} ${nth}, call ${call}, ${when}: ${violation}`),
          );
        }
}

/** Calls that were not crashed both before and after. */
export const uncrashed = ({ called, crashed }: Crashes): string[] =>
  [...called].flatMap((name) => [`${name} before`, `${name} after`]).filter((crash) => !crashed.has(crash));
