import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { canonical } from '#lib/ids.ts';
import { JsonRefused } from '#lib/json/json-refused.ts';
import { readJson } from '#lib/json/read-json.ts';
import { document, gaps, numberToken } from './json-model.ts';
import { hasHalf, keeps, written } from './json-writer.ts';
import { type Checks, looking } from './look.ts';

const read = (text: string | Uint8Array, rules: Parameters<typeof readJson>[1]) => {
  try {
    return { value: readJson(text, rules) };
  } catch (error) {
    if (error instanceof JsonRefused) return error;
    throw error;
  }
};
const rules = fc.record({
  depth: fc.integer({ min: 1, max: 6 }),
  inexact: fc.constantFrom('refused' as const, 'text' as const),
});

const oneMeaning = fc.property(document, gaps, rules, (root, spaces, rule) => {
  const { text, expected } = written(root, spaces, rule);
  const found = read(text, rule);
  if ('value' in expected)
    return !(found instanceof JsonRefused) && isDeepStrictEqual(found.value, expected.value);
  if (!(found instanceof JsonRefused)) return false;
  const before = text.slice(0, expected.at).split('\n');
  return (
    found.code === expected.code &&
    found.pointer === expected.pointer.toWellFormed() &&
    found.line === before.length &&
    found.column === (before.at(-1) ?? '').length + 1
  );
});

/** One character put in, taken out or exchanged: never read as something else than `JSON.parse` reads. */
const damaged = fc.property(
  document,
  gaps,
  fc.nat(),
  fc.constantFrom('', '"', '{', ']', ',', ':', '0', '-', '.', 'e', '\\', '\u0001', '\ufeff', '\ud800', ' '),
  fc.boolean(),
  (root, spaces, place, put, instead) => {
    const { text } = written(root, spaces, { depth: 64, inexact: 'refused' });
    const at = place % (text.length + 1);
    const bad = text.slice(0, at) + put + text.slice(instead ? at + 1 : at);
    const found = read(bad, {});
    let plain: unknown;
    try {
      plain = JSON.parse(bad);
    } catch {
      return found instanceof JsonRefused;
    }
    return found instanceof JsonRefused ? found.code !== 'syntax' : isDeepStrictEqual(found.value, plain);
  },
);

/** What we write ourselves is read back, by the way that scans nothing. */
const ours = fc.property(fc.jsonValue({ stringUnit: 'binary' }), (value) => {
  const text = JSON.stringify(value);
  const found = read(text, {});
  return found instanceof JsonRefused
    ? found.code === 'surrogate' || found.code === 'depth'
    : isDeepStrictEqual(found.value, JSON.parse(text)) && !hasHalf(JSON.stringify(found.value));
});

const numbers = fc.property(numberToken, (token) => {
  const found = read(`[${token}]`, {});
  return keeps(token) !== (found instanceof JsonRefused && found.code === 'number' && found.pointer === '/0');
});

/** Canonical JSON gives the value back, or throws: it never keeps something else. */
const canonicalKeeps = fc.property(
  fc.anything({
    ...{ withBigInt: true, withDate: true, withMap: true, withSet: true, withTypedArray: true },
    ...{ withNullPrototype: true, withSparseArray: true, withBoxedValues: true },
    stringUnit: fc.oneof(
      fc.constantFrom('a', '\ud800', '\udc00', '"', '\u0000'),
      fc.string({ unit: 'binary', maxLength: 1 }),
    ),
  } as fc.ObjectConstraints),
  (value) => {
    let text: string;
    try {
      text = canonical(value);
    } catch (error) {
      return error instanceof TypeError && !keepable(value);
    }
    return keepable(value) && alike(value, JSON.parse(text));
  },
);

/** What JSON can hold, by its definition. */
function keepable(value: unknown): boolean {
  if (value === null || typeof value === 'boolean') return true;
  if (typeof value === 'number') return Number.isFinite(value);
  if (typeof value === 'string') return !hasHalf(value);
  if (Array.isArray(value)) {
    for (let at = 0; at < value.length; at++) if (!keepable(value[at])) return false;
    return true;
  }
  if (typeof value !== 'object' || ![Object.prototype, null].includes(Object.getPrototypeOf(value)))
    return false;
  return Object.entries(value).every(
    ([name, inner]) => inner === undefined || (!hasHalf(name) && keepable(inner)),
  );
}

function alike(a: unknown, b: unknown): boolean {
  if (a === null || typeof a !== 'object') return a === b || (a === 0 && b === 0);
  if (b === null || typeof b !== 'object') return false;
  const names = Object.keys(a).filter((name) => (a as Record<string, unknown>)[name] !== undefined);
  return (
    Array.isArray(a) === Array.isArray(b) &&
    names.length === Object.keys(b).length &&
    names.every(
      (name) =>
        Object.hasOwn(b, name) &&
        alike((a as Record<string, unknown>)[name], (b as Record<string, unknown>)[name]),
    )
  );
}

export const jsonChecks: Checks = {
  'JSON means what its writer meant, or is refused with the first fault, its pointer, line and column':
    looking(oneMeaning),
  'damaged JSON is refused, or read as any parser reads it': looking(damaged),
  'what JSON.stringify writes is read back': looking(ours),
  'a number is read if a double keeps its decimal value': looking(numbers),
  'canonical JSON gives back the value, or throws': looking(canonicalKeeps),
};
