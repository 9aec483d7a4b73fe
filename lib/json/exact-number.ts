/**
 * Whether a JSON number survives being read: the shortest text of the double has the same decimal
 * value. `1.0` and `1e2` survive; `1e-400`, `1e400` and 2^53 + 1 do not.
 */
export function exactNumber(token: string, value: number): boolean {
  if (!Number.isFinite(value)) return false;
  const written = String(value);
  return written === token || sameDecimal(token, written);
}

function sameDecimal(one: string, other: string): boolean {
  const [a, b] = [decimalOf(one), decimalOf(other)];
  return a.digits === b.digits && a.negative === b.negative && a.exponent === b.exponent;
}

/** Significant digits without zeros at either end, times ten to the exponent. Zero has no digits. */
function decimalOf(token: string): { negative: boolean; digits: string; exponent: number } {
  const [, sign, whole = '', fraction = '', power = '0'] =
    /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]?\d+))?$/i.exec(token) ?? [];
  const all = whole + fraction;
  let [from, to] = [0, all.length];
  while (all[from] === '0') from += 1;
  while (to > from && all[to - 1] === '0') to -= 1;
  if (from === to) return { negative: false, digits: '', exponent: 0 };
  const exponent = Number(power) - fraction.length + (all.length - to);
  return { negative: sign === '-', digits: all.slice(from, to), exponent };
}
