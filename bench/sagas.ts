import { assumptions, priceList } from '#domain/syncs/accept/prices.ts';
import { lockstepFigures } from './product/figures.ts';
import { synthesizedDefinition } from './product/synthesized.ts';
import { rowsOf } from './rows.ts';
import { textbookFigures } from './textbook/figures.ts';

/** M10 to M14, measured with batches of so many items, and what a reader must know of them. */
export async function measuredSagas(items: number) {
  const lockstep = await lockstepFigures(synthesizedDefinition(), items);
  // The engine of the textbook looks paths up by throwing: without stacks it takes a fifth less time.
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  const textbook = await textbookFigures(items);
  Error.stackTraceLimit = stackTraceLimit;
  const { gb, functionSeconds, callSeconds } = assumptions;
  const notes = [
    `Prices: ${priceList}. Counted: states, invocations, requests, units, messages, events, objects. Assumed: ${gb} GB and ${functionSeconds} s a function, ${callSeconds} s a call.`,
    `Hottest partitions of the batch: ${textbook.many.hottest.partition} (textbook), ${lockstep.many.hottest.partition} (Lockstep).`,
  ];
  return { rows: rowsOf(textbook, lockstep, items), notes };
}
