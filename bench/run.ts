import { assumed, listed } from '#domain/syncs/prices.ts';
import { wrapped } from '#lib/wrapped.ts';
import { lockstepFigures } from './product/figures.ts';
import { synthesizedDefinition } from './product/synthesized.ts';
import { broken, rowsOf } from './rows.ts';
import { asMarkdown, asText } from './table.ts';
import { textbookFigures } from './textbook/figures.ts';

/** `npm run bench`: Lockstep beside the usual saga, both run and counted. `--markdown` for a page, `--items N` for another batch. Exit 1 at a broken bound. */
const began = performance.now();
const args = process.argv.slice(2);
const items = args.includes('--items') ? Number(args[args.indexOf('--items') + 1]) : 30_000;
if (!Number.isInteger(items) || items < 1) throw new Error('--items takes a number of items');

const lockstep = await lockstepFigures(synthesizedDefinition(), items);
// The engine of the textbook looks paths up by throwing: without stacks it takes a fifth less time.
const { stackTraceLimit } = Error;
Error.stackTraceLimit = 0;
const textbook = await textbookFigures(items);
Error.stackTraceLimit = stackTraceLimit;
const rows = rowsOf(textbook, lockstep, items);
process.stdout.write(`${args.includes('--markdown') ? asMarkdown(rows) : asText(rows)}\n`);

const { gb, functionSeconds, callSeconds } = assumed;
const notes = [
  `Prices: ${listed}. Counted: states, invocations, requests, units, messages, events, objects. Assumed: ${gb} GB and ${functionSeconds} s a function, ${callSeconds} s a call.`,
  `Hottest partitions of the batch: ${textbook.many.hottest.partition} (textbook), ${lockstep.many.hottest.partition} (Lockstep).`,
  `${Math.round((performance.now() - began) / 1000)} s`,
  ...broken(rows).map(
    ({ metric, what, lockstep: found, bound }) => `BROKEN ${metric}: ${what}: ${found}, must be ${bound}`,
  ),
];
process.stderr.write(`${notes.flatMap((note) => wrapped(note, 79)).join('\n')}\n`);
process.exit(broken(rows).length === 0 ? 0 : 1);
