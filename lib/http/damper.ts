import type { Clock } from '#lib/clock.ts';
import { Problem } from '#lib/problem.ts';

type Limits = { ratePerSecond: number; burst: number };
const mostKeys = 10_000;

/**
 * Slows down the busy loop of one key: a burst of calls, then so many a second (a token bucket).
 * It counts the calls of its own process only, so ten warm functions take ten times as much; the
 * stage's throttle limits the whole API.
 */
export function damperOn({ clock, ratePerSecond, burst }: Limits & { clock: Clock }): (key: string) => void {
  const buckets = new Map<string, { tokens: number; at: number }>();
  return (key) => {
    const { tokens, at } = buckets.get(key) ?? { tokens: burst, at: clock.now() };
    // A clock that goes back adds no tokens, neither now nor when it has caught up.
    const now = Math.max(at, clock.now());
    const left = Math.min(burst, tokens + ((now - at) / 1000) * ratePerSecond);
    if (left < 1) {
      throw new Problem('too-many-requests', {
        detail: `At most ${ratePerSecond} calls a second with one key, and ${burst} at once.`,
        retryAfter: (1 - left) / ratePerSecond,
      });
    }
    if (buckets.size >= mostKeys) buckets.clear();
    buckets.set(key, { tokens: left - 1, at: now });
  };
}
