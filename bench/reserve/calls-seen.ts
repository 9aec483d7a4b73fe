/** A call as the stub recorded it, in the stub's own milliseconds. */
export type Seen = { name: string; kind: 'aws' | 'business'; units: number; began: number; ended: number };

/**
 * Calls in a row: the longest chain in which each call began after the one before it had ended.
 */
export function hopsOf(calls: Seen[]): number {
  let [hops, free] = [0, Number.NEGATIVE_INFINITY];
  for (const { began, ended } of calls.toSorted((a, b) => a.ended - b.ended)) {
    if (began < free) continue;
    hops += 1;
    free = ended;
  }
  return hops;
}
