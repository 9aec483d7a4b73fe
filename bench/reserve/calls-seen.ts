/** A call as the stub saw it, in its own milliseconds. */
export type Seen = { name: string; kind: 'aws' | 'business'; units: number; began: number; ended: number };

/** How often the handler waited: the longest chain of calls of which each began when the one before it had ended. */
export function hopsOf(calls: Seen[]): number {
  let [hops, free] = [0, Number.NEGATIVE_INFINITY];
  for (const { began, ended } of calls.toSorted((a, b) => a.ended - b.ended)) {
    if (began < free) continue;
    hops += 1;
    free = ended;
  }
  return hops;
}
