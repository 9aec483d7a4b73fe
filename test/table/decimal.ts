import { validation } from './validation.ts';

/** DynamoDB adds decimally: 0.1 + 0.2 is 0.3. */
export function add(left: number, right: number): number {
  const sum = left + right;
  return representable(Number.isInteger(left) && Number.isInteger(right) ? sum : addDecimals(left, right));
}

/** DynamoDB holds 38 digits; this table holds only numbers that JavaScript represents exactly. */
export function representable(number: number): number {
  const magnitude = Math.abs(number);
  if (!(magnitude <= Number.MAX_SAFE_INTEGER) || (magnitude < 1e-130 && magnitude > 0))
    throw validation(`Not a number to store: ${number}`);
  return number + 0; // DynamoDB has no negative zero
}

function addDecimals(left: number, right: number): number {
  const [a, b] = [parse(left), parse(right)];
  const exponent = Math.min(a.exponent, b.exponent);
  const digits =
    a.digits * 10n ** BigInt(a.exponent - exponent) + b.digits * 10n ** BigInt(b.exponent - exponent);
  return Number(`${digits}e${exponent}`);
}

function parse(number: number): { digits: bigint; exponent: number } {
  const [mantissa = '0', exponent = '0'] = String(number).split('e');
  const [whole = '0', fraction = ''] = mantissa.split('.');
  return { digits: BigInt(whole + fraction), exponent: Number(exponent) - fraction.length };
}
