import fc from 'fast-check';
import type { Piece } from './differential.pieces.ts';

/** An update expression, with the conditions without which MiniStack deviates. */
export type Change = Piece & { needs: string[] };
type Action = {
  clause: 'SET' | 'REMOVE' | 'ADD' | 'DELETE';
  text: string;
  values?: unknown[];
  needs?: string;
};

const small = fc.integer({ min: -2, max: 3 });
const decimal = fc.integer({ min: -300, max: 300 }).map((cents) => cents / 100);
const set = fc
  .uniqueArray(fc.constantFrom('a', 'b', 'c'), { minLength: 1 })
  .map((elements) => new Set(elements));
const list = fc.array(fc.constantFrom<unknown>('a', 1, null, ['b']), { maxLength: 2 });
const anything = fc.constantFrom<unknown>(1, 'a', null, true, ['a', 1], { x: 1 }, new Set(['a']));
const map = fc.record({ x: small, y: fc.constant('a'), z: fc.record({ w: small }) }, { requiredKeys: [] });

const action = (
  clause: Action['clause'],
  text: string,
  ...arbitraries: fc.Arbitrary<unknown>[]
): fc.Arbitrary<Action> => fc.tuple(...arbitraries).map((values) => ({ clause, text, values }));
const within = (needs: string, arbitrary: fc.Arbitrary<Action>): fc.Arbitrary<Action> =>
  arbitrary.map((action) => ({ ...action, needs: `attribute_exists(${needs})` }));

/*
 * At most one action per attribute, since DynamoDB refuses overlapping paths and MiniStack does
 * not. Left out for the same reason:
 * - ADD, REMOVE and DELETE below an absent map: refused by DynamoDB; MiniStack makes the map, or
 *   does nothing (hence `within`);
 * - a path below another type than a map, arithmetic on another type than a number, list_append
 *   to another type than a list: refused by DynamoDB, accepted by MiniStack;
 * - REMOVE and DELETE alone without an item: `v` is always counted.
 */
const byAttribute: fc.Arbitrary<Action>[] = [
  fc.oneof(
    action('SET', '#n = ?', small),
    action('SET', '#n = #n + ?', small),
    action('SET', '#n = #n - #v'),
    action('SET', '#n = if_not_exists(#n, ?) - ?', small, small),
    action('SET', '#n = ? - if_not_exists(#m.#x, ?)', small, small),
    action('REMOVE', '#n'),
    action('ADD', '#n ?', small),
  ),
  fc.oneof(
    action('SET', '#f = if_not_exists(#f, ?) + ?', decimal, decimal),
    action('ADD', '#f ?', decimal),
    action('SET', '#f = #n', small).map(noValues),
  ),
  fc.oneof(
    action('SET', '#s = ?', fc.constantFrom('', 'a', 'abc', 'é')),
    action('REMOVE', '#s'),
    action('SET', '#s = if_not_exists(#s, ?)', fc.constant('ab')),
  ),
  fc.oneof(
    action('SET', '#l = ?', list),
    action('SET', '#l = list_append(if_not_exists(#l, ?), ?)', fc.constant([]), list),
    action('SET', '#l = list_append(?, #l)', list),
    action('REMOVE', '#l'),
  ),
  fc.oneof(
    action('ADD', '#ss ?', set),
    action('DELETE', '#ss ?', set),
    action('DELETE', '#ss ?', set),
    action('SET', '#ss = ?', set),
  ),
  fc.oneof(
    action('SET', '#m = ?', map),
    action('SET', '#m.#mine = ?', small),
    action('SET', '#m.#x = ?', small),
    action('SET', '#m.#z.#w = ?', small),
    within('#m', action('REMOVE', '#m.#mine')),
    within('#m', action('REMOVE', '#m.#x, #m.#y')),
    within('#m', action('ADD', '#m.#x ?', small)),
    within('#m.#z', action('ADD', '#m.#z.#w ?', small)),
    action('REMOVE', '#m'),
  ),
  fc.oneof(
    action('SET', '#any = ?', anything),
    action('SET', '#any = #s'),
    action('SET', '#any = if_not_exists(#any, #n)'),
    action('REMOVE', '#any'),
  ),
];

function noValues(action: Action): Action {
  return { ...action, values: [] };
}

const counted = fc.oneof(
  action('ADD', '#v ?', fc.constant(1)),
  action('SET', '#v = if_not_exists(#v, ?) + ?', fc.constant(0), fc.constant(1)),
);

export const changes: fc.Arbitrary<Change> = fc
  .tuple(
    counted,
    fc.subarray(byAttribute, { maxLength: 3 }).chain((some) => fc.tuple(...some)),
  )
  .map(([count, others]) => change([count, ...others]));

function change(actions: Action[]): Change {
  const clauses = (['ADD', 'SET', 'DELETE', 'REMOVE'] as const).flatMap((clause) => {
    const parts = actions.filter((action) => action.clause === clause);
    return parts.length > 0
      ? [
          {
            text: `${clause} ${parts.map(({ text }) => text).join(', ')}`,
            values: parts.flatMap(({ values = [] }) => values),
          },
        ]
      : [];
  });
  return {
    text: clauses.map(({ text }) => text).join(' '),
    values: clauses.flatMap(({ values }) => values),
    needs: actions.flatMap(({ needs }) => needs ?? []),
  };
}
