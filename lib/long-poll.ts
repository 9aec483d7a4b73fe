import { setTimeout as pause } from 'node:timers/promises';
import type { Clock } from './clock.ts';

const everyMs = 500;

/** Reads again until it reads something new or the wait is over, and answers what it read last. */
export async function longPoll<T>(
  wait: { seconds: number; clock: Clock },
  read: () => Promise<T>,
  isNew: (value: T) => boolean,
): Promise<T> {
  const until = wait.clock.now() + wait.seconds * 1000;
  for (;;) {
    const value = await read();
    if (isNew(value) || wait.clock.now() + everyMs > until) return value;
    await pause(everyMs);
  }
}
