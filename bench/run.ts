import { readFileSync, writeFileSync } from 'node:fs';
import { wrapText } from '#lib/wrap-text.ts';
import { optionsOf } from './options.ts';
import { type ReserveFigures, reserveFigures } from './reserve/figures.ts';
import { type ReserveRow, reserveCells, reserveRows } from './reserve/rows.ts';
import { broken, type Row } from './rows.ts';
import { asMarkdown, asText, sagaCells } from './table.ts';

/**
 * `npm run bench` compares a reservation with a peer and a floor, and a saga with a textbook
 * saga. It exits 1 at a broken bound that gates; bench/options.ts has the options.
 */
const began = performance.now();
const options = optionsOf(process.argv.slice(2));
const printed = options.markdown ? asMarkdown : asText;
const notes: string[] = [];
const rows: (Row | ReserveRow)[] = [];

/** Measured, or read from the file of an earlier run. */
const reservation = (): Promise<ReserveFigures[]> | ReserveFigures[] =>
  options.from ? JSON.parse(readFileSync(options.from, 'utf8')).reserve : reserveFigures(options);
const reserve = options.reserve ? await reservation() : undefined;
if (reserve) {
  const found = reserveRows(reserve);
  process.stdout.write(`${printed(reserveCells(found))}\n\n`);
  rows.push(...found);
  const origin = options.from ? `Read from ${options.from}` : `Measured: medians of ${options.rounds} rounds`;
  notes.push(`${origin}; in brackets the ratio to the peer in this run.`);
}

if (options.sagas) {
  // Loaded on demand: it brings the product and a compiler.
  const { measuredSagas } = await import('./sagas.ts');
  const found = await measuredSagas(options.items);
  process.stdout.write(`${printed(sagaCells(found.rows))}\n`);
  rows.push(...found.rows);
  notes.push(...found.notes);
}

if (options.json) writeFileSync(options.json, `${JSON.stringify({ rows, reserve }, null, 2)}\n`);
const failed = broken(rows);
notes.push(`${Math.round((performance.now() - began) / 1000)} s`);
for (const { metric, what, lockstep, bound } of failed)
  notes.push(`BROKEN ${metric}: ${what}: ${lockstep}, must be ${bound}`);
process.stderr.write(`${notes.flatMap((note) => wrapText(note, 79)).join('\n')}\n`);
process.exit(failed.length === 0 ? 0 : 1);
