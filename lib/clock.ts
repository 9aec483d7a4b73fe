/** The one source of time: milliseconds since the epoch. Handed in everywhere, so that a test or the simulator can own it. */
export interface Clock {
  now(): number;
}

export const systemClock: Clock = { now: () => Date.now() };
