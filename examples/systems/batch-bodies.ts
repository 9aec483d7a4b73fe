import * as z from 'zod';
import type { Totals } from '#systems/protocol.ts';
import type { Order } from './change-rules.ts';

const token = z.string().min(1).max(200);
const totals = { count: z.int().positive(), amount_minor: z.int() };
const item = z.strictObject({
  id: z.string().min(1).max(64),
  amount_minor: z.int(),
  payee: z.string().min(1).max(40).optional(),
});
const time = z.iso.datetime({ offset: true }).optional();
const named = z.strictObject({ event_id: token, ...totals });
const sliced = named.extend({ chunk: z.int().min(0), batch: z.strictObject(totals) });

/**
 * The batch fields in the body of each call: a chunk with its items, a chunk without them, or the
 * totals of the whole batch.
 */
export const bodies = {
  slice: (most: number) =>
    sliced
      .extend({ items: z.array(item).min(1).max(most), not_after: time })
      .superRefine(({ count, amount_minor, items }, context) => {
        const found = totalsOf(items);
        if (count !== found.count)
          context.addIssue({ code: 'custom', path: ['count'], message: 'Not as many as there are' });
        if (amount_minor !== found.amount_minor)
          context.addIssue({ code: 'custom', path: ['amount_minor'], message: 'Not their sum' });
      }),
  sliceAlone: sliced,
  sums: named.extend({ not_after: time }),
};

export type BatchBody = z.output<typeof named> & Partial<z.output<ReturnType<typeof bodies.slice>>>;

/** Parses such a body into the form that the books take. */
export const orderOf = ({ count, amount_minor, items, chunk, batch, not_after }: BatchBody): Order => ({
  goods: { count, amount_minor, ...(items && { items }) },
  ...(chunk !== undefined && { chunk }),
  ...(batch && { batch }),
  ...(not_after !== undefined && { notAfter: Date.parse(not_after) }),
});

const totalsOf = (items: { amount_minor: number }[]): Totals => ({
  count: items.length,
  amount_minor: items.reduce((all, { amount_minor }) => all + amount_minor, 0),
});
