import { writeFileSync } from 'node:fs';
import { assumed, listed } from '#domain/syncs/accept/prices.ts';
import { wrapped } from '#lib/wrapped.ts';
import { optionsOf } from './options.ts';
import { lockstepFigures } from './product/figures.ts';
import { synthesizedDefinition } from './product/synthesized.ts';
import { reserveFigures } from './reserve/figures.ts';
import { reserveCells, reserveRows } from './reserve/rows.ts';
import { rowsOf } from './rows.ts';
import { asMarkdown, asText, sagaCells } from './table.ts';
import { textbookFigures } from './textbook/figures.ts';

/**
 * `npm run bench` compares a reservation with a peer and a floor, and a saga with a textbook
 * saga. It exits 1 at a broken bound that gates; bench/options.ts has the options.
 */
const began = performance.now();
const options = optionsOf(process.argv.slice(2));
const printed = options.markdown ? asMarkdown : asText;
const notes: string[] = [];
const rows: {
  metric: string;
  what: string;
  lockstep: string;
  bound: string;
  holds?: boolean;
  gate: boolean;
}[] = [];

const reserve = options.reserve ? await reserveFigures(options) : undefined;
if (reserve) {
  const found = reserveRows(reserve);
  process.stdout.write(`${printed(reserveCells(found))}\n\n`);
  rows.push(...found);
  notes.push(`Measured: medians of ${options.rounds} rounds; in brackets the ratio to the peer in this run.`);
}

if (options.sagas) {
  const lockstep = await lockstepFigures(synthesizedDefinition(), options.items);
  // The textbook's engine looks paths up by throwing; without stack traces it runs a fifth
  // faster.
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  const textbook = await textbookFigures(options.items);
  Error.stackTraceLimit = stackTraceLimit;
  const found = rowsOf(textbook, lockstep, options.items);
  process.stdout.write(`${printed(sagaCells(found))}\n`);
  rows.push(...found);
  const { gb, functionSeconds, callSeconds } = assumed;
  notes.push(
    `Prices: ${listed}. Counted: states, invocations, requests, units, messages, events, objects. Assumed: ${gb} GB and ${functionSeconds} s a function, ${callSeconds} s a call.`,
    `Hottest partitions of the batch: ${textbook.many.hottest.partition} (textbook), ${lockstep.many.hottest.partition} (Lockstep).`,
  );
}

if (options.json) writeFileSync(options.json, `${JSON.stringify({ rows, reserve }, null, 2)}\n`);
const broken = rows.filter(({ gate, holds }) => gate && holds === false);
notes.push(`${Math.round((performance.now() - began) / 1000)} s`);
for (const { metric, what, lockstep, bound } of broken)
  notes.push(`BROKEN ${metric}: ${what}: ${lockstep}, must be ${bound}`);
process.stderr.write(`${notes.flatMap((note) => wrapped(note, 79)).join('\n')}\n`);
process.exit(broken.length === 0 ? 0 : 1);
