import { isMap } from './values.ts';

/**
 * Equality of type and content, as `=` has it. An absent value equals nothing, not even another
 * absent one.
 */
export function equal(left: unknown, right: unknown): boolean {
  if (left === right) return left !== undefined;
  if (typeof left !== 'object' || typeof right !== 'object' || left === null || right === null) return false;
  if (Array.isArray(left))
    return (
      Array.isArray(right) &&
      left.length === right.length &&
      left.every((element, at) => equal(element, right[at]))
    );
  if (left instanceof Set)
    return (
      right instanceof Set && left.size === right.size && [...left].every((element) => right.has(element))
    );
  if (left instanceof Uint8Array) return right instanceof Uint8Array && Buffer.compare(left, right) === 0;
  return isMap(left) && isMap(right) && equalMaps(left, right);
}

function equalMaps(left: Record<string, unknown>, right: Record<string, unknown>): boolean {
  const names = Object.keys(left);
  return names.length === Object.keys(right).length && names.every((name) => equal(left[name], right[name]));
}

/** Negative, zero or positive. NaN where DynamoDB has no order, as between different types. */
export function order(left: unknown, right: unknown): number {
  if (typeof left === 'number' && typeof right === 'number') return left - right;
  if (typeof left === 'string' && typeof right === 'string') return orderOfText(left, right);
  if (left instanceof Uint8Array && right instanceof Uint8Array) return Buffer.compare(left, right);
  return Number.NaN;
}

/**
 * Orders by UTF-8 bytes. JavaScript orders by UTF-16 units, which puts a surrogate pair before
 * U+E000 to U+FFFF.
 */
export function orderOfText(left: string, right: string): number {
  if (left === right) return 0;
  const length = Math.min(left.length, right.length);
  for (let at = 0; at < length; at++) {
    const [a, b] = [left.charCodeAt(at), right.charCodeAt(at)];
    if (a !== b)
      return a >= 0xd800 && b >= 0xd800 ? Buffer.compare(Buffer.from(left), Buffer.from(right)) : a - b;
  }
  return left.length - right.length;
}

/** The function `size` in characters, bytes or elements; undefined for other types. */
export function size(value: unknown): number | undefined {
  if (typeof value === 'string' || Array.isArray(value)) return value.length;
  if (value instanceof Set) return value.size;
  if (value instanceof Uint8Array) return value.length;
  return isMap(value) ? Object.keys(value).length : undefined;
}

export function beginsWith(value: unknown, start: unknown): boolean {
  if (typeof value === 'string' && typeof start === 'string') return value.startsWith(start);
  return (
    value instanceof Uint8Array &&
    start instanceof Uint8Array &&
    equal(value.subarray(0, start.length), start)
  );
}

export function contains(value: unknown, part: unknown): boolean {
  if (typeof value === 'string') return typeof part === 'string' && value.includes(part);
  if (value instanceof Set) return value.has(part);
  if (Array.isArray(value)) return value.some((element) => equal(element, part));
  return (
    value instanceof Uint8Array &&
    part instanceof Uint8Array &&
    Buffer.from(value).includes(Buffer.from(part))
  );
}
