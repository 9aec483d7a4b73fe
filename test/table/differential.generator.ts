import fc from 'fast-check';
import type { Query } from '#lib/aws/table.ts';
import { conditionPiece, filterPiece } from './differential.conditions.ts';
import { type Piece, render } from './differential.pieces.ts';
import { type Change, changes } from './differential.updates.ts';

/** One operation of a script, with keys relative to the script's partition. */
export type Operation =
  | { kind: 'get'; sk: string }
  | { kind: 'query'; query: Omit<Query, 'label' | 'pk'> }
  | {
      kind: 'put';
      item: Record<string, unknown> & { sk: string };
      condition: string;
      names?: Record<string, string>;
      values?: Record<string, unknown>;
    }
  | { kind: 'update'; write: UpdateOf }
  | { kind: 'transact'; writes: UpdateOf[] };
type UpdateOf = {
  sk: string;
  update: string;
  condition: string;
  names?: Record<string, string>;
  values?: Record<string, unknown>;
};

// The last three are ordered differently by UTF-16 units than by UTF-8 bytes.
const sortKeys = ['a#1', 'a#2', 'b#1', 'b', 'é', '\u{1f600}', '\uffee'];
const busyKey = fc.constantFrom('a#1', 'a#1', 'a#2', 'b#1');
const mapKey = fc.constantFrom('x', 'y', 'k 1');

/**
 * An item of a script. Each attribute keeps its type, so that conditions and updates meet fitting
 * values.
 */
const item = fc.record(
  {
    v: fc.integer({ min: 0, max: 5 }),
    n: fc.integer({ min: -3, max: 3 }),
    f: fc.integer({ min: -500, max: 500 }).map((cents) => cents / 100),
    s: fc.constantFrom('', 'a', 'ab', 'abc', 'é', '\u{1f600}', '\uffee'),
    t: fc.boolean(),
    l: fc.array(fc.constantFrom<unknown>('a', 'b', 1, null, true, ['a']), { maxLength: 3 }),
    ss: fc.uniqueArray(fc.constantFrom('a', 'b', 'c'), { minLength: 1 }).map((elements) => new Set(elements)),
    b: fc.uint8Array({ maxLength: 2, max: 3 }),
    m: fc.record(
      {
        x: fc.integer({ min: 0, max: 3 }),
        y: fc.constantFrom('a', undefined),
        z: fc.record({ w: fc.integer({ min: 0, max: 2 }) }),
      },
      { requiredKeys: [] },
    ),
    any: fc.constantFrom<unknown>(1, 'a', null, true, ['a', 1], { x: 1 }, new Set(['a'])),
  },
  { requiredKeys: ['n', 's', 'm'] },
);

const update: fc.Arbitrary<UpdateOf> = fc
  .record({ sk: busyKey, change: changes, condition: conditionPiece, mine: mapKey })
  .map(updateOf);

function updateOf({
  sk,
  change,
  condition,
  mine,
}: {
  sk: string;
  change: Change;
  condition: Piece;
  mine: string;
}): UpdateOf {
  const needed = change.needs.reduce<Piece>(
    (all, needs) => ({ text: `${needs} AND (${all.text})`, values: all.values }),
    condition,
  );
  const { texts, ...bindings } = render([change, needed], mine);
  return { sk, update: texts[0]!, condition: texts[1]!, ...bindings };
}

const put = fc
  .record({
    item,
    sk: fc.oneof(busyKey, fc.constantFrom(...sortKeys)),
    condition: conditionPiece,
    mine: mapKey,
  })
  .map(({ item, sk, condition, mine }) => {
    const { texts, ...bindings } = render([condition], mine);
    return { kind: 'put' as const, item: { ...item, sk }, condition: texts[0]!, ...bindings };
  });

const query = fc
  .record(
    {
      prefix: fc.constantFrom('a', 'a#', 'b', 'é'),
      limit: fc.integer({ min: 1, max: 3 }),
      filter: filterPiece,
      after: fc.constantFrom(...sortKeys),
      backwards: fc.boolean(),
    },
    { requiredKeys: [] },
  )
  .map(({ prefix, limit, filter, after, backwards }) => {
    const { texts, ...bindings } = render(filter ? [filter] : [], 'x');
    const within = after !== undefined && (prefix === undefined || after.startsWith(prefix));
    return {
      kind: 'query' as const,
      query: {
        ...(prefix && { prefix }),
        ...(limit && { limit }),
        ...(backwards && { backwards }),
        ...(within && { after }),
        ...(filter && { filter: texts[0]! }),
        ...bindings,
      },
    };
  });

const operation: fc.Arbitrary<Operation> = fc.oneof(
  { weight: 10, arbitrary: update.map((write) => ({ kind: 'update' as const, write })) },
  { weight: 5, arbitrary: put },
  { weight: 1, arbitrary: fc.constantFrom(...sortKeys).map((sk) => ({ kind: 'get' as const, sk })) },
  { weight: 2, arbitrary: query },
  {
    weight: 3,
    arbitrary: fc
      .uniqueArray(update, { minLength: 1, maxLength: 3, selector: ({ sk }) => sk })
      .map((writes) => ({ kind: 'transact' as const, writes })),
  },
);

/** A script: the operations of one partition. */
export const script: fc.Arbitrary<Operation[]> = fc.array(operation, {
  minLength: 15,
  maxLength: 30,
  size: 'max',
});
