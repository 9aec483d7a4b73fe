import { representable } from './decimal.ts';
import { validation } from './validation.ts';

export type AttributeMap = { readonly [name: string]: unknown };
export type Type = 'S' | 'N' | 'B' | 'SS' | 'BOOL' | 'NULL' | 'L' | 'M';

export const types: ReadonlySet<string> = new Set([
  'S',
  'N',
  'B',
  'SS',
  'NS',
  'BS',
  'BOOL',
  'NULL',
  'L',
  'M',
]);

/** The DynamoDB type of this value. */
export function typeOf(value: unknown): Type {
  if (typeof value === 'string') return 'S';
  if (typeof value === 'number') return 'N';
  if (typeof value === 'boolean') return 'BOOL';
  if (value === null) return 'NULL';
  if (Array.isArray(value)) return 'L';
  if (value instanceof Set) return 'SS';
  if (value instanceof Uint8Array) return 'B';
  if (isMap(value)) return 'M';
  throw validation(`Not a value that DynamoDB holds: ${String(value)}`);
}

export function isMap(value: unknown): value is AttributeMap {
  if (typeof value !== 'object' || value === null) return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/**
 * A private copy as the table would return it, without `undefined`; refuses values that the table
 * cannot hold.
 */
export function copy<T>(value: T): T {
  return copyOf(value) as T;
}

function copyOf(value: unknown): unknown {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return representable(value);
  if (Array.isArray(value)) return value.filter((element) => element !== undefined).map(copyOf);
  if (value instanceof Set) return copyOfSet(value);
  if (value instanceof Uint8Array) return new Uint8Array(value);
  return typeOf(value) === 'M' ? copyOfMap(value as AttributeMap) : value;
}

function copyOfMap(map: AttributeMap): AttributeMap {
  const result: Record<string, unknown> = {};
  for (const name in map) if (map[name] !== undefined) result[name] = copyOf(map[name]);
  return result;
}

function copyOfSet(set: Set<unknown>): Set<string> {
  const elements = [...set].filter((element) => element !== undefined);
  if (elements.length === 0) throw validation('An empty set does not exist');
  if (!elements.every((element) => typeof element === 'string'))
    throw validation('Only sets of strings are supported');
  return new Set(elements);
}

/** Freezes a value deeply. Binary content cannot be frozen; a set loses its mutating methods. */
export function freeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array || Object.isFrozen(value))
    return value;
  if (value instanceof Set) Object.defineProperties(value, locked);
  else for (const name in value) freeze(value[name]);
  return Object.freeze(value);
}

const refuse = () => {
  throw new TypeError('This set belongs to the table: copy it first');
};
const locked = { add: { value: refuse }, delete: { value: refuse }, clear: { value: refuse } };
