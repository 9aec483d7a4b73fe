/**
 * The one source of time, in milliseconds since the epoch. It is injected, so that a test or the
 * simulator can control it.
 */
export interface Clock {
  now(): number;
}

export const systemClock: Clock = { now: () => Date.now() };
