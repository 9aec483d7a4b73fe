import { setTimeout as sleep } from 'node:timers/promises';

/** Reads until it matches, and answers what matched: for what comes true soon, never for a time. */
export async function eventually<T>(
  read: () => T | Promise<T>,
  matches: (seen: T) => boolean,
  limitMs = 60_000,
): Promise<T> {
  for (const deadline = Date.now() + limitMs; ; await sleep(100)) {
    const seen = await read();
    if (matches(seen)) return seen;
    if (Date.now() > deadline)
      throw new Error(`It did not come true; what there was: ${JSON.stringify(seen).slice(0, 2_000)}`);
  }
}
