import type * as z from 'zod';
import { invalid } from '#lib/http/parse.ts';
import { canonical } from '#lib/ids.ts';
import { Problem } from '#lib/problem.ts';
import { leafOf, merkleTree } from '#lib/proof/merkle.ts';
import type { BatchItem, Totals } from '#systems/protocol.ts';

/** Most items per sync: what can be read while the publisher waits, and shown item by item. */
export const mostItems = 1_000_000;
const mostErrors = 20;

/**
 * Checks the items one by one: the event type's schema, and no id twice. `done` compares the
 * totals with those declared, and returns them.
 */
export function checkItems(schema: z.ZodType<BatchItem>, declared?: Totals) {
  const ids = new Set<string>();
  const tree = merkleTree();
  const errors: { pointer: string; detail: string }[] = [];
  let amount = 0;

  const wrong = (pointer: string, detail: string) => {
    errors.push({ pointer: `/items/${pointer}`, detail });
    if (errors.length >= mostErrors) throw invalid(errors, 'payload-invalid');
  };

  return {
    take(value: unknown, index: number): void {
      if (index >= mostItems)
        throw new Problem('quota-exceeded', { detail: `A batch has at most ${mostItems} items.` });
      const read = schema.safeParse(value);
      if (!read.success) {
        for (const { at, detail } of issuesOf(read.error)) wrong([index, ...at].join('/'), detail);
        return;
      }
      const { id, amount_minor } = read.data;
      if (ids.has(id)) wrong(`${index}/id`, 'Another item of this batch has the same id.');
      ids.add(id);
      amount += amount_minor;
      if (!Number.isSafeInteger(amount))
        throw invalid(
          [{ pointer: '/items', detail: 'Their sum is too large to be exact.' }],
          'payload-invalid',
        );
      // The leaf is of the item as it was sent, not as parsed: anyone can compute it from the
      // object.
      tree.add(leafOf(canonical(value)));
    },

    done(): Totals & { root: string } {
      if (errors.length > 0) throw invalid(errors, 'payload-invalid');
      const found = { count: ids.size, amount_minor: amount };
      if (declared && (declared.count !== found.count || declared.amount_minor !== found.amount_minor))
        throw invalid(
          [{ pointer: '/items', detail: `Declared: ${spoken(declared)}. Found: ${spoken(found)}.` }],
          'payload-invalid',
        );
      return { ...found, root: tree.root().toString('hex') };
    },
  };
}

const spoken = ({ count, amount_minor }: Totals): string => `${count} items, ${amount_minor} in all`;

/** An unknown field is reported by its own name. */
const issuesOf = ({ issues }: z.ZodError) =>
  issues.flatMap((issue) => {
    const path = issue.path.map(String);
    return issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => ({ at: [...path, key], detail: 'There is no such field.' }))
      : [{ at: path, detail: issue.message }];
  });
