import fc from 'fast-check';
import type { Piece } from './differential.pieces.ts';

const piece = (text: string, ...arbitraries: fc.Arbitrary<unknown>[]): fc.Arbitrary<Piece> =>
  fc.tuple(...arbitraries).map((values) => ({ text, values }));

const small = fc.integer({ min: -2, max: 3 });
const decimal = fc.integer({ min: -300, max: 300 }).map((cents) => cents / 100);
const word = fc.constantFrom('a', 'ab', 'é', '\u{1f600}', '\uffee', 'zz');
const binary = fc.uint8Array({ maxLength: 2, max: 3 });
const anything = fc.constantFrom<unknown>(1, 'a', null, true, ['a', 1], { x: 1 }, new Set(['a']));
const order = fc.constantFrom('<', '<=', '>', '>=', '=', '<>');
const name = fc.constantFrom('v', 'n', 'f', 's', 't', 'l', 'ss', 'b', 'm', 'any');
const type = fc.constantFrom('S', 'N', 'B', 'SS', 'BOOL', 'NULL', 'L', 'M');

const compared = (path: string, value: fc.Arbitrary<unknown>) =>
  order.chain((sign) => piece(`${path} ${sign} ?`, value));
const between = <T>(
  path: string,
  value: fc.Arbitrary<T>,
  sort: (a: T, b: T) => number,
): fc.Arbitrary<Piece> =>
  fc
    .tuple(value, value)
    .map((bounds) => ({ text: `${path} BETWEEN ? AND ?`, values: bounds.toSorted(sort) }));

/*
 * Left out, because MiniStack 1.5.33 deviates from DynamoDB:
 * - a comparison of two absent paths: in DynamoDB `=` is false and `<>` true, in MiniStack they
 *   are equal;
 * - begins_with on another type than string or binary: false in DynamoDB, refused by MiniStack;
 * - size of a number, boolean or null: the comparison fails in DynamoDB, size is 0 in MiniStack;
 * - contains on binary: finds part of the bytes in DynamoDB, always false in MiniStack;
 * - `<` and the like with a boolean, null, list, map or set in the request: refused by DynamoDB,
 *   false in MiniStack.
 */
const leaf: fc.Arbitrary<Piece> = fc.oneof(
  name.chain((word) => piece(`attribute_exists(#${word})`)),
  name.chain((word) => piece(`attribute_not_exists(#${word})`)),
  fc.tuple(name, type).map(([word, type]) => ({ text: `attribute_type(#${word}, ?)`, values: [type] })),
  fc.constantFrom('#m.#mine', '#m.#z.#w', '#m.#x').chain((path) => piece(`attribute_exists(${path})`)),
  compared('#n', small),
  compared('#v', small),
  compared('#f', decimal),
  compared('#s', word),
  compared('#b', binary),
  compared('#m.#x', small),
  fc.constantFrom('=', '<>').chain((sign) => piece(`#any ${sign} ?`, anything)),
  fc
    .constantFrom('=', '<>')
    .chain((sign) => piece(`#ss ${sign} ?`, fc.constantFrom(new Set(['a']), new Set(['b', 'a'])))),
  piece('#any IN (?, ?)', anything, anything),
  piece('#n IN (?, ?, ?)', small, small, small),
  between('#n', small, (a, b) => a - b),
  between('#s', fc.constantFrom('', 'a', 'ab', 'b'), (a, b) => (a < b ? -1 : 1)),
  piece('begins_with(#s, ?)', word),
  piece('begins_with(#b, ?)', binary),
  piece('contains(#s, ?)', word),
  piece('contains(#ss, ?)', word),
  piece('contains(#l, ?)', anything),
  fc
    .constantFrom('s', 'l', 'ss', 'b', 'm')
    .chain((word) => compared(`size(#${word})`, fc.integer({ min: 0, max: 3 }))),
);

export const filterPiece: fc.Arbitrary<Piece> = fc.letrec<{ all: Piece }>((tie) => ({
  all: fc.oneof(
    { maxDepth: 3, depthIdentifier: 'condition' },
    leaf,
    fc
      .tuple(tie('all'), fc.constantFrom('AND', 'OR', 'OR'), tie('all'))
      .map(([left, by, right]) => joined(left, by, right)),
    tie('all').map(({ text, values }) => ({ text: `NOT (${text})`, values })),
    fc.tuple(leaf, leaf, leaf).map(([a, b, c]) => joinedBare(a, b, c)),
  ),
})).all;

const joined = (left: Piece, by: string, right: Piece): Piece => ({
  text: `(${left.text}) ${by} (${right.text})`,
  values: [...left.values, ...right.values],
});

/** Expressions without parentheses: NOT binds before AND, AND before OR. */
const joinedBare = (a: Piece, b: Piece, c: Piece): Piece => ({
  text: `${a.text} OR NOT ${b.text} AND ${c.text}`,
  values: [...a.values, ...b.values, ...c.values],
});

/** Also about the key, which a filter may not name. */
export const conditionPiece: fc.Arbitrary<Piece> = fc.oneof(
  { weight: 6, arbitrary: filterPiece },
  {
    weight: 4,
    arbitrary: filterPiece.map(({ text, values }) => ({
      text: `attribute_not_exists(#pk) OR ${text}`,
      values,
    })),
  },
  { weight: 4, arbitrary: piece('attribute_exists(#pk)') },
  { weight: 1, arbitrary: piece('attribute_not_exists(#pk)') },
);
