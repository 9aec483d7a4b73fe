/** A seeded random number generator (mulberry32): the same seed, the same history. */
export function randomFrom(seed: number) {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
  const whole = (below: number): number => Math.floor(next() * below);
  return {
    next,
    whole,
    chance: (p: number): boolean => next() < p,
    between: (low: number, high: number): number => low + next() * (high - low),
    pick: <T>(list: readonly T[]): T => list[whole(list.length)] as T,
    /** 96 bits in base64url, as the product's ids have. */
    id: (): string => Buffer.from(Array.from({ length: 12 }, () => whole(256))).toString('base64url'),
  };
}

export type Random = ReturnType<typeof randomFrom>;
