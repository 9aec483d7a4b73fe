import { describe, expect, it } from 'vitest';
import { parseCondition } from './condition.ts';
import { bind } from './plan.ts';

const item = {
  pk: 'p',
  n: 2,
  s: 'hello',
  none: null,
  yes: true,
  list: ['a', 1, ['b']],
  set: new Set(['a', 'b']),
  bytes: new Uint8Array([1, 2, 3]),
  past: { k1: { w: 1 } },
};

function holds(text: string, values: Record<string, unknown> = {}, names?: Record<string, string>): boolean {
  const condition = parseCondition(text);
  return condition.test({ item, ...bind({ values, ...(names && { names }) }, condition) });
}

describe('a condition of DynamoDB holds', () => {
  it.each<[string, Record<string, unknown>]>([
    ['#n = :v', { v: 2 }],
    ['#n <> :v', { v: '2' }],
    ['#absent <> :v', { v: 1 }],
    ['#absent <> #missing', {}],
    ['#none = :v', { v: null }],
    ['#n < :v', { v: 2.5 }],
    ['#s >= :v', { v: 'hello' }],
    ['#s < :v', { v: 'hi' }],
    ['#bytes > :v', { v: new Uint8Array([1, 2]) }],
    ['#n BETWEEN :low AND :high', { low: 2, high: 3 }],
    ['#n IN (:a, :b)', { a: 1, b: 2 }],
    ['attribute_exists(#none)', {}],
    ['attribute_not_exists(#past.#k2)', {}],
    ['attribute_not_exists(#s.#k2)', {}],
    ['attribute_type(#set, :t)', { t: 'SS' }],
    ['begins_with(#s, :v)', { v: 'he' }],
    ['begins_with(#bytes, :v)', { v: new Uint8Array([1]) }],
    ['contains(#s, :v)', { v: 'ell' }],
    ['contains(#set, :v)', { v: 'b' }],
    ['contains(#list, :v)', { v: ['b'] }],
    ['contains(#bytes, :v)', { v: new Uint8Array([2, 3]) }],
    ['size(#set) = #n', {}],
    ['size(#past) < :v', { v: 2 }],
    ['#set = :v', { v: new Set(['b', 'a']) }],
    ['#past = :v', { v: { k1: { w: 1 } } }],
    ['#yes = :no OR #n = :two AND NOT #n = :no', { no: false, two: 2 }],
    ['NOT (#yes = :no OR #n = :no)', { no: false }],
  ])('%s', (text, values) => expect(holds(text, values)).toBe(true));
});

describe('a condition of DynamoDB fails', () => {
  it.each<[string, Record<string, unknown>]>([
    ['#absent = #missing', {}],
    ['#absent < :v', { v: 1 }],
    ['#n < :v', { v: 'z' }],
    ['NOT #absent <> :v', { v: 1 }],
    ['begins_with(#n, :v)', { v: '2' }],
    ['size(#n) = :v', { v: 0 }],
    ['size(#absent) >= :v', { v: 0 }],
    ['contains(#n, :v)', { v: 2 }],
    ['contains(#s, :v)', { v: 1 }],
    ['#list = :v', { v: ['a', 1] }],
    ['attribute_exists(#constructor)', {}],
  ])('%s', (text, values) => expect(holds(text, values)).toBe(false));
});

describe('an invalid condition is a ValidationException', () => {
  it.each<[string, Record<string, unknown>]>([
    ['', {}],
    ['#n = ', {}],
    ['n = :v', { v: 1 }],
    ['#n == :v', { v: 1 }],
    ['#n = :v)', { v: 1 }],
    ['((#n = :v))', { v: 1 }],
    ['#n = :v AND', { v: 1 }],
    ['size(#s)', {}],
    ['#list[0] = :v', { v: 'a' }],
    ['attribute_exists(:v)', { v: 'n' }],
    ['attribute_exist(#n)', {}],
    ['contains(#s, #s)', {}],
    ['#n = :absent', {}],
    ['#n = :v', { v: undefined }],
    ['#n = :v', { v: 1, unused: 2 }],
    ['#yes < :v', { v: true }],
    ['begins_with(#s, :v)', { v: 1 }],
    ['attribute_type(#s, :v)', { v: 'STRING' }],
    ['#n BETWEEN :a AND :b', { a: 3, b: 1 }],
    ['#n = :v', { v: Number.NaN }],
    ['#n = :v', { v: new Set() }],
    ['#n = :v', { v: new Date() }],
  ])('%s %j', (text, values) =>
    expect(() => holds(text, values)).toThrow(expect.objectContaining({ name: 'ValidationException' })),
  );

  it('names an unused name', () => {
    expect(() => holds('attribute_exists(#n)', {}, { mine: 'k1' })).toThrow('#mine');
  });
});

it('a condition resolves #name through the request’s names', () => {
  expect(holds('attribute_exists(#past.#mine.#w)', {}, { mine: 'k1' })).toBe(true);
  expect(holds('attribute_exists(#past.#mine.#w)', {}, { mine: 'k2' })).toBe(false);
});
