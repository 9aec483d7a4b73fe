import type { Item } from '#lib/aws/table.ts';
import { rfc3339 } from '#lib/rfc3339.ts';

/**
 * A system's circuit breaker: `failures` in a row without an answer, `until` (ms) when it is open,
 * `paused` by an operator. One item per system, for all syncs of all tenants.
 */
export type Circuit = Item & {
  v: number;
  eventV?: number;
  event?: { type: string; at: number };
  failures: number;
  until?: number;
  paused?: { at: number; by: string; reason: string };
};

/** After this many failures in a row the circuit opens, for longer with each further failure. */
export const opensAfter = 5;

/** A circuit as operators see it: its state, and the fields behind it. */
export function circuitView(
  system: string,
  { failures = 0, until = 0, paused }: Partial<Circuit>,
  now: number,
) {
  const state = paused
    ? 'paused'
    : until > now
      ? 'resting'
      : failures >= opensAfter
        ? 'doubtful'
        : 'answering';
  return {
    ...{ system, state, failures },
    ...(until > now && { until: rfc3339(until) }),
    ...(paused && { paused: { at: rfc3339(paused.at), by: paused.by, reason: paused.reason } }),
  };
}
