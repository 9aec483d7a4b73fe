import fc from 'fast-check';

/** A JSON text as a tree that knows what it means, so that nothing has to be parsed to know it. */
export type Node =
  | { kind: 'object'; members: [Piece[], Node][] }
  | { kind: 'list'; items: Node[] }
  | { kind: 'string'; pieces: Piece[] }
  | { kind: 'number'; token: string }
  | { kind: 'literal'; value: boolean | null };
/** One UTF-16 unit or character of a string, and how it is spelled. */
export type Piece = { said: string; spelled: string };

const escaped = (text: string) =>
  [...text].map((_, at) => `\\u${text.charCodeAt(at).toString(16).padStart(4, '0')}`).join('');
const piece = fc.oneof(
  {
    weight: 8,
    arbitrary: fc
      .constantFrom('a', 'b', 'é', '~', '/', '0', '😀', '\u2028')
      .map((c) => ({ said: c, spelled: c })),
  },
  {
    weight: 3,
    arbitrary: fc.constantFrom('a', 'b', 'é').map((c) => ({ said: c, spelled: escaped(c).toLowerCase() })),
  },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom('a', 'J')
      .map((c) => ({ said: c, spelled: escaped(c).toUpperCase().replace('U', 'u') })),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      { said: '\n', spelled: '\\n' },
      { said: '"', spelled: '\\"' },
      { said: '\\', spelled: '\\\\' },
      { said: '/', spelled: '\\/' },
      { said: '\u0000', spelled: '\\u0000' },
      { said: '😀', spelled: '\\ud83d\\uDE00' },
    ),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      { said: '\ud83d', spelled: '\\ud83d' },
      { said: '\ude00', spelled: '\\uDE00' },
    ),
  },
);
const plain = (name: string): Piece[] => [...name].map((c) => ({ said: c, spelled: c }));
const name = fc.oneof(
  fc.constantFrom('a', 'b', '', '__proto__', 'toString', 'amount').map(plain),
  fc.array(piece, { maxLength: 2 }),
);

const digits = (most: number) =>
  fc.array(fc.constantFrom(...'0123456789'), { minLength: 1, maxLength: most }).map((all) => all.join(''));
const whole = fc.oneof(
  fc.constant('0'),
  digits(20).map((text) => text.replace(/^0+(?=.)/, '')),
);
export const numberToken = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => JSON.stringify(value)),
  fc.integer().map(String),
  fc.bigInt({ min: 2n ** 53n - 3n, max: 2n ** 53n + 3n }).map(String),
  fc.constantFrom(
    '24.999999999999999999',
    '1E-400',
    '1e400',
    '-0',
    '0.10',
    '1e2',
    '5e-324',
    '4.9e-324',
    '1.0E+2',
  ),
  fc
    .record({
      sign: fc.constantFrom('', '-'),
      whole,
      fraction: fc.option(digits(22)),
      power: fc.option(fc.integer({ min: -420, max: 420 })),
    })
    .map(
      ({ sign, whole: before, fraction, power }) =>
        `${sign}${before}${fraction === null ? '' : `.${fraction}`}${power === null ? '' : `e${power}`}`,
    ),
);

export const document: fc.Arbitrary<Node> = fc.letrec<{ node: Node }>((tie) => ({
  node: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom<Node>(...[true, false, null].map((value) => ({ kind: 'literal' as const, value }))),
    numberToken.map((token): Node => ({ kind: 'number', token })),
    fc.array(piece, { maxLength: 4 }).map((pieces): Node => ({ kind: 'string', pieces })),
    fc.array(tie('node'), { maxLength: 4 }).map((items): Node => ({ kind: 'list', items })),
    fc
      .array(fc.tuple(name, tie('node')), { maxLength: 4 })
      .map((members): Node => ({ kind: 'object', members })),
  ),
})).node;
export const gaps = fc.array(fc.constantFrom('', '', '', ' ', '\n', '\t', '\r\n  '), {
  minLength: 1,
  maxLength: 7,
});
