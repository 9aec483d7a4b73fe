import { describe, expect, it } from 'vitest';
import { charsets } from '#lib/fixed-width/charset.ts';
import { codecOf, type Value } from '#lib/fixed-width/codec.ts';
import { ebcdicCharacters } from '#lib/fixed-width/ebcdic.ts';
import type { Malformed } from '#lib/fixed-width/malformed.ts';
import type { Field, Layout } from '#systems/layout.ts';

type Kind = Partial<Field> & Pick<Field, 'width' | 'as'>;
const field = (kind: Kind): Field => ({
  name: 'x',
  decimals: 0,
  signed: false,
  pad: ' ',
  optional: false,
  ...kind,
});
const codec = (kind: Kind, encoding: Layout['encoding'] = 'cp037') =>
  codecOf(field(kind), charsets[encoding]);
const written = (value: unknown, kind: Kind, encoding?: Layout['encoding']) => {
  const bytes = new Uint8Array(kind.width);
  codec(kind, encoding).put(bytes, 0, value);
  return Buffer.from(bytes).toString('hex');
};
const taken = (hex: string, kind: Kind, encoding?: Layout['encoding']) =>
  codec(kind, encoding).take(Buffer.from(hex, 'hex'), 0);
const resultOf = (run: () => unknown) => {
  try {
    return run();
  } catch (error) {
    return `${(error as Malformed).field}: ${(error as Malformed).code}`;
  }
};

describe('the bytes of a field on a mainframe', () => {
  it.each<[value: Value, kind: Kind, cp037: string, ascii: string]>([
    ['AZaz09', { width: 8, as: 'text' }, 'c1e981a9f0f94040', '415a617a30392020'],
    ['$1.50 @ #&/', { width: 11, as: 'text' }, '5bf14bf5f0407c407b5061', '24312e35302040202326'.concat('2f')],
    ['', { width: 2, as: 'text', pad: '*' }, '5c5c', '2a2a'],
    [42, { width: 5, as: 'digits' }, 'f0f0f0f4f2', '3030303432'],
    [123, { width: 4, as: 'zoned' }, 'f0f1f2f3', '30313233'],
    [123, { width: 4, as: 'zoned', signed: true }, 'f0f1f2c3', '30313243'],
    [-123, { width: 4, as: 'zoned', signed: true }, 'f0f1f2d3', '3031324c'],
    [0, { width: 2, as: 'zoned', signed: true }, 'f0c0', '307b'],
    [-10, { width: 2, as: 'zoned', signed: true }, 'f1d0', '317d'],
    [-12.34, { width: 5, as: 'zoned', signed: true, decimals: 2 }, 'f0f1f2f3d4', '303132334d'],
    [12345, { width: 3, as: 'packed' }, '12345f', '12345f'],
    [123, { width: 3, as: 'packed', signed: true }, '00123c', '00123c'],
    [-1234, { width: 3, as: 'packed', signed: true }, '01234d', '01234d'],
    [-0.29, { width: 2, as: 'packed', signed: true, decimals: 2 }, '029d', '029d'],
    [999_999_999_999_999, { width: 8, as: 'packed', signed: true }, '999999999999999c', '999999999999999c'],
    [7, { width: 1, as: 'packed', signed: true }, '7c', '7c'],
  ])('%j as %j is %s, in ASCII %s, and decodes to the same value', (value, kind, cp037, ascii) => {
    expect([written(value, kind), written(value, kind, 'ascii')]).toEqual([cp037, ascii]);
    expect([taken(cp037, kind), taken(ascii, kind, 'ascii')]).toEqual([value, value]);
  });

  it('use code page 037, which maps every byte to its own character of Latin-1', () => {
    expect(new Set(ebcdicCharacters.map((character) => character.charCodeAt(0))).size).toBe(256);
    const at = (from: number, text: string) =>
      expect(ebcdicCharacters.slice(from, from + text.length).join('')).toBe(text);
    for (const [from, text] of [
      [0x4a, '¢.<(+|&'],
      [0x5a, '!$*);¬-/'],
      [0x6b, ',%_>?'],
      [0x79, '`:#@\'="'],
      [0x81, 'abcdefghi'],
      [0x91, 'jklmnopqr'],
      [0xa1, '~stuvwxyz'],
      [0xb0, '^£¥·©§¶¼½¾[]'],
      [0xc0, '{ABCDEFGHI'],
      [0xd0, '}JKLMNOPQR'],
      [0xe2, 'STUVWXYZ'],
      [0xf0, '0123456789'],
    ] as const)
      at(from, text);
  });

  it('keep all digits of a number beyond the safe integers', () => {
    expect(
      taken(written('0009007199254740993', { width: 19, as: 'digits' }), { width: 19, as: 'digits' }),
    ).toBe('0009007199254740993');
  });

  it('are blank for an absent optional value', () => {
    expect(
      taken(written(undefined, { width: 3, as: 'text', optional: true }), {
        width: 3,
        as: 'text',
        optional: true,
      }),
    ).toBe('');
  });
});

describe('an invalid field is refused with its name and code', () => {
  it.each<[value: unknown, kind: Kind, code: string]>([
    [undefined, { width: 3, as: 'text' }, 'missing'],
    [null, { width: 3, as: 'packed' }, 'missing'],
    [7, { width: 3, as: 'text' }, 'type'],
    ['7', { width: 3, as: 'packed' }, 'type'],
    [Number.NaN, { width: 3, as: 'zoned' }, 'type'],
    ['1e3', { width: 5, as: 'digits' }, 'type'],
    [1.5, { width: 5, as: 'digits' }, 'type'],
    ['long', { width: 3, as: 'text' }, 'overflow'],
    ['1234', { width: 3, as: 'digits' }, 'overflow'],
    [100_000, { width: 3, as: 'packed' }, 'overflow'],
    [-1000, { width: 3, as: 'zoned', signed: true }, 'overflow'],
    [9.996, { width: 3, as: 'zoned', decimals: 2 }, 'overflow'],
    [0.005, { width: 3, as: 'packed', decimals: 2 }, 'precision'],
    [1.5, { width: 3, as: 'packed' }, 'precision'],
    [-1, { width: 3, as: 'packed' }, 'negative'],
    [-1, { width: 3, as: 'zoned' }, 'negative'],
    [-1, { width: 3, as: 'digits' }, 'negative'],
    ['a ', { width: 3, as: 'text' }, 'padding'],
    ['a*', { width: 3, as: 'text', pad: '*' }, 'padding'],
    ['€', { width: 3, as: 'text' }, 'character'],
    ['\n', { width: 3, as: 'text' }, 'character'],
    ['\u{1F600}', { width: 3, as: 'text' }, 'character'],
  ])('%j for %j: %s', (value, kind, code) => {
    expect(resultOf(() => written(value, kind))).toBe(`x: ${code}`);
  });

  it('é exists in code page 037, and not in ASCII', () => {
    expect(resultOf(() => written('é', { width: 1, as: 'text' }, 'ascii'))).toBe('x: character');
    expect(written('é', { width: 1, as: 'text' })).toBe('51');
  });

  it.each<[hex: string, kind: Kind, encoding: Layout['encoding'], code: string]>([
    ['414230', { width: 3, as: 'text' }, 'cp037', 'encoding'],
    ['c1c2f0', { width: 3, as: 'text' }, 'ascii', 'encoding'],
    ['c1c200', { width: 3, as: 'text' }, 'cp037', 'character'],
    ['313233', { width: 3, as: 'digits' }, 'cp037', 'encoding'],
    ['f1f2f3', { width: 3, as: 'digits' }, 'ascii', 'encoding'],
    ['f1c2f3', { width: 3, as: 'digits' }, 'cp037', 'digit'],
    ['313243', { width: 3, as: 'zoned', signed: true }, 'cp037', 'encoding'],
    ['f1f2f3', { width: 3, as: 'zoned', signed: true }, 'cp037', 'sign'],
    ['f1f2c3', { width: 3, as: 'zoned' }, 'cp037', 'sign'],
    ['f1d2f3', { width: 3, as: 'zoned' }, 'cp037', 'digit'],
    ['f0d0', { width: 2, as: 'zoned', signed: true }, 'cp037', 'sign'],
    ['123a', { width: 2, as: 'packed', signed: true }, 'cp037', 'sign'],
    ['123f', { width: 2, as: 'packed', signed: true }, 'cp037', 'sign'],
    ['123c', { width: 2, as: 'packed' }, 'cp037', 'sign'],
    ['1234', { width: 2, as: 'packed' }, 'cp037', 'sign'],
    ['000d', { width: 2, as: 'packed', signed: true }, 'cp037', 'sign'],
    ['1a3c', { width: 2, as: 'packed', signed: true }, 'cp037', 'digit'],
    ['12ac', { width: 2, as: 'packed', signed: true }, 'cp037', 'digit'],
  ])('%s for %j in %s: %s', (hex, kind, encoding, code) => {
    expect(resultOf(() => taken(hex, kind, encoding))).toBe(`x: ${code}`);
  });
});
