import { wrapped } from '#lib/wrapped.ts';
import type { Row } from './rows.ts';

const heads = ['', 'what', 'textbook saga', 'Lockstep', 'bound', 'holds'];
const cellsOf = ({ metric, what, textbook, lockstep, bound, holds }: Row): string[] => [
  ...[metric, what, textbook, lockstep, bound],
  holds === undefined ? '' : holds ? 'yes' : 'no',
];
/** So wide that a line of the table has 80 columns at most. */
const whatWidth = 32;
const isNumber = (column: number) => column === 2 || column === 3;

/** For a terminal: what is told is broken into lines, and its figures stand in the first. */
export function asText(rows: Row[]): string {
  const lines = [heads, ...rows.flatMap((row) => brokenUp(cellsOf(row)))];
  const widths = heads.map((_, column) => Math.max(...lines.map((cells) => cells[column]?.length ?? 0)));
  const padded = (cell: string, column: number) =>
    isNumber(column) ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0);
  return lines.map((cells) => cells.map(padded).join('  ').trimEnd()).join('\n');
}

const brokenUp = (cells: string[]): string[][] =>
  wrapped(cells[1] ?? '', whatWidth).map((line, i) => (i === 0 ? cells.with(1, line) : ['', line]));

/** For a page. */
export function asMarkdown(rows: Row[]): string {
  const rule = heads.map((_, column) => (isNumber(column) ? '---:' : '---'));
  return [heads, rule, ...rows.map(cellsOf)].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
