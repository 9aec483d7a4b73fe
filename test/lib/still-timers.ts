import { onTestFinished, vi } from 'vitest';

/** The timers of this process stand still for one test, until they are told; its sockets do not. */
export function stillTimers() {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  onTestFinished(() => void vi.useRealTimers());
  return { passes: (ms: number) => vi.advanceTimersByTimeAsync(ms) };
}

/** Waits turn by turn of the event loop, with no timer of its own. */
export async function until(comes: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await comes())) await new Promise((turn) => setImmediate(turn));
}
