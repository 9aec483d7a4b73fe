import { setTimeout as sleep } from 'node:timers/promises';

/** Reads until the value matches, and returns it: a wait for a state, never for a time. */
export async function eventually<T>(
  read: () => T | Promise<T>,
  matches: (seen: T) => boolean,
  limitMs = 60_000,
): Promise<T> {
  for (const deadline = Date.now() + limitMs; ; await sleep(100)) {
    const seen = await read();
    if (matches(seen)) return seen;
    if (Date.now() > deadline)
      throw new Error(
        `The expected state did not come; the last one was: ${JSON.stringify(seen).slice(0, 2_000)}`,
      );
  }
}
