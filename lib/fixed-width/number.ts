import type { Field } from '#systems/layout.ts';
import { Malformed } from './malformed.ts';

/**
 * The digits of a number without sign and point. Dividing back tests exactness: 12.34 is the
 * double nearest to 1234 / 100, and no other double has those digits.
 */
export function scaled(
  { name, decimals, signed }: Field,
  digits: number,
  value: unknown,
): { digits: string; negative: boolean } {
  const malformed = (code: 'missing' | 'type' | 'overflow' | 'negative' | 'precision') =>
    new Malformed(code, { field: name });
  if (value === undefined || value === null) throw malformed('missing');
  if (typeof value !== 'number' || !Number.isFinite(value)) throw malformed('type');
  const whole = Math.round(value * 10 ** decimals);
  if (Math.abs(whole) >= 10 ** digits) throw malformed('overflow');
  if (whole / 10 ** decimals !== value) throw malformed('precision');
  if (whole < 0 && !signed) throw malformed('negative');
  return { digits: String(Math.abs(whole)).padStart(digits, '0'), negative: whole < 0 };
}

/** The inverse of `scaled`. Zero has one sign, so a negative zero is refused. */
export function unscaled({ name, decimals }: Field, whole: number, negative: boolean): number {
  if (negative && whole === 0) throw new Malformed('sign', { field: name });
  return (negative ? -whole : whole) / 10 ** decimals;
}
