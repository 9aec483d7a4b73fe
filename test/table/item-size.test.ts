import { expect, it } from 'vitest';
import { itemSize } from './item-size.ts';

it.each<[string, unknown, number]>([
  ['text, by its UTF-8 bytes', 'aé😀', 7],
  ['an empty text', '', 0],
  ['zero', 0, 1],
  ['a digit', 7, 2],
  ['a round number, by its significant digits', 1_000_000, 2],
  ['a number, two digits to a byte', 1_234_567, 5],
  ['a negative number, with a byte for its sign', -1234, 4],
  ['a fraction, aligned on its point', 12.345, 4],
  ['a time in milliseconds', 1_795_000_000_123, 8],
  ['a tiny number', 1.5e-7, 2],
  ['a boolean', false, 1],
  ['null', null, 1],
  ['bytes', new Uint8Array(16), 16],
  ['a set', new Set(['a', 'bc']), 3],
  ['a list: 3 and one for each element', ['a', 'b', true], 3 + 3 + 3],
  [
    'a map: 3 and one for each pair',
    { ab: 'c', d: { e: null } },
    3 + (1 + 2 + 1) + (1 + 1 + (3 + 1 + 1 + 1)),
  ],
])('counts %s', (_, value, bytes) => expect(itemSize({ abc: value })).toBe(3 + bytes));

it('counts every attribute except undefined ones', () => {
  expect(itemSize({ pk: 'p', sk: 's', gone: undefined })).toBe(6);
  expect(itemSize({})).toBe(0);
});
