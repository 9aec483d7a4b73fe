import { wrapped } from '#lib/wrapped.ts';
import type { Row } from './rows.ts';

const heads = ['', 'what', 'textbook saga', 'Lockstep', 'bound', 'holds'];
const cellsOf = ({ metric, what, textbook, lockstep, bound, holds }: Row): string[] => [
  ...[metric, what, textbook, lockstep, bound],
  holds === undefined ? '' : holds ? 'yes' : 'no',
];
/** Keeps a line of the table within 80 columns. */
const whatWidth = 32;
/** Columns between the description and the bound hold numbers. */
const isNumberIn = (first: string[]) => (column: number) => column >= 2 && column < first.indexOf('bound');

/** The cells of the saga table, header first. */
export const sagaCells = (rows: Row[]): string[][] => [heads, ...rows.map(cellsOf)];

/** For a terminal: a description wraps, and its figures are on its first line. */
export function asText([first = [], ...rows]: string[][]): string {
  const lines = [first, ...rows.flatMap(wrappedRow)];
  const widths = first.map((_, column) => Math.max(...lines.map((cells) => cells[column]?.length ?? 0)));
  const isNumber = isNumberIn(first);
  const padded = (cell: string, column: number) =>
    isNumber(column) ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0);
  return lines.map((cells) => cells.map(padded).join('  ').trimEnd()).join('\n');
}

const wrappedRow = (cells: string[]): string[][] =>
  wrapped(cells[1] ?? '', whatWidth).map((line, i) => (i === 0 ? cells.with(1, line) : ['', line]));

/** For a Markdown page. */
export function asMarkdown([first = [], ...rows]: string[][]): string {
  const isNumber = isNumberIn(first);
  const rule = first.map((_, column) => (isNumber(column) ? '---:' : '---'));
  return [first, rule, ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
