import type * as z from 'zod';
import { type BatchBody, bodies, orderOf } from './batch-bodies.ts';
import type { Answer } from './behaviours.ts';
import type { changeBooks } from './change-books.ts';
import type { Arrival, Call, Answer as Entered, Order } from './change-rules.ts';
import { operation } from './server.ts';

/** How an office takes batches: in chunks of at most this many `items`, or only their totals. */
export type Batches = { by: 'chunks' | 'totals'; items?: number; paths: Record<Call, string> };
type Office = {
  books: ReturnType<typeof changeBooks>;
  words: Record<Call, string>;
  answered: (call: Call, key: string, answer: Entered) => Answer;
};

/**
 * The calls about batches, beside those about single changes. An answer carries the count and sum
 * of its items; a refusal of one item names it.
 */
export function batchOperations({ by, items = 500, paths }: Batches, { books, words, answered }: Office) {
  const whole = by === 'totals' ? bodies.sums : bodies.slice(items);
  const answer = (call: Call, key: string, body: BatchBody, entered: Entered, item?: string): Answer => {
    const about = { event_id: key, ...(body.chunk !== undefined && { chunk: body.chunk }) };
    if ('refused' in entered && entered.refused === 'declined' && item !== undefined)
      return {
        status: 422,
        body: { ...about, status: 'refused', refused: [{ id: item, reason: 'declined' }] },
      };
    if ('refused' in entered) return answered(call, key, entered);
    return {
      status: 200,
      body: { ...about, status: words[call], count: body.count, amount_minor: body.amount_minor },
    };
  };
  const of = (
    call: Call,
    body: z.ZodType<BatchBody>,
    enter: (key: string, order: Order, arrival: Arrival) => Entered,
  ) =>
    operation(
      paths[call],
      body,
      ({ key, body, item, ...arrival }) => answer(call, key, body, enter(key, orderOf(body), arrival), item),
      'event_id',
    );
  return {
    prepare: of('prepare', whole, books.prepare),
    commit: of('commit', whole, books.commit),
    rollback: of('rollback', by === 'totals' ? bodies.sums : bodies.sliceAlone, (key, order, arrival) =>
      books.rollback(key, arrival, order),
    ),
  };
}
