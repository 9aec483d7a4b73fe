import { wrapText } from '#lib/wrap-text.ts';
import type { Row } from './rows.ts';

const heads = ['', 'what', 'textbook saga', 'Lockstep', 'bound', 'holds'];
const cellsOf = ({ metric, what, textbook, lockstep, bound, holds }: Row): string[] => [
  ...[metric, what, textbook, lockstep, bound],
  holds === undefined ? '' : holds ? 'yes' : 'no',
];
/** So wide that a line of the table has 80 columns at most. */
const whatWidth = 32;
/** What stands between what is told and its bound. */
const isNumberIn = (first: string[]) => (column: number) => column >= 2 && column < first.indexOf('bound');

/** The cells of a table of sagas, its heads first. */
export const sagaCells = (rows: Row[]): string[][] => [heads, ...rows.map(cellsOf)];

/** For a terminal: what is told is broken into lines, and its figures stand in the first. */
export function asText([first = [], ...rows]: string[][]): string {
  const lines = [first, ...rows.flatMap(brokenUp)];
  const widths = first.map((_, column) => Math.max(...lines.map((cells) => cells[column]?.length ?? 0)));
  const isNumber = isNumberIn(first);
  const padded = (cell: string, column: number) =>
    isNumber(column) ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0);
  return lines.map((cells) => cells.map(padded).join('  ').trimEnd()).join('\n');
}

const brokenUp = (cells: string[]): string[][] =>
  wrapText(cells[1] ?? '', whatWidth).map((line, i) => (i === 0 ? cells.with(1, line) : ['', line]));

/** For a page. */
export function asMarkdown([first = [], ...rows]: string[][]): string {
  const isNumber = isNumberIn(first);
  const rule = first.map((_, column) => (isNumber(column) ? '---:' : '---'));
  return [first, rule, ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
