import { httpDateOf } from '#lib/http-date.ts';

/** The longest pause that an answer may ask for. */
const longestPauseMs = 3_600_000;

/**
 * Retry-After (RFC 9110, 10.2.3) as a pause in ms, an hour at most: any number of digits, or an
 * HTTP date in one of its three formats. Undefined for anything else.
 */
export function pauseOf(retryAfter: string | undefined, now: number): number | undefined {
  const said = retryAfter?.trim() ?? '';
  const ms = /^\d+$/.test(said) ? Number(said) * 1000 : (httpDateOf(said, now) ?? Number.NaN) - now;
  return Number.isNaN(ms) ? undefined : Math.min(Math.max(0, ms), longestPauseMs);
}
