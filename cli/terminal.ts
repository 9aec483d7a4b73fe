import { styleText } from 'node:util';
import { cleaned, escapedJson } from '#lib/text.ts';

// Everything that the command line prints goes through this file, which lets no data steer the
// terminal.

/** Words for a person, on stderr: one line. */
export const say = (line: string): void => void process.stderr.write(`${cleaned(line)}\n`);

/** Data, on stdout: one JSON value. */
export const json = (value: unknown): void =>
  void process.stdout.write(`${escapedJson(JSON.stringify(value, null, 2))}\n`);

/** Data, on stdout: lines for people and for grep. */
export const lines = (rows: string[]): void => write(rows.map(cleaned));

const write = (rows: string[]): void => void process.stdout.write(rows.map((row) => `${row}\n`).join(''));

/** JSON or PEM, on stdout, however much: done when its reader has taken it, so that it does not pile up here. */
export const print = (text: string): Promise<void> =>
  new Promise((done) => process.stdout.write(escapedJson(text), () => done()));

/** A table on stdout, its head bold where the terminal has colours (and NO_COLOR is not set). */
export function table(head: string[], rows: string[][]): void {
  const shown = rows.map((cells) => head.map((_, column) => cleaned(cells[column] ?? '')));
  const widths = head.map((title, column) =>
    Math.max(title.length, ...shown.map((cells) => (cells[column] ?? '').length)),
  );
  const line = (cells: string[]) =>
    widths
      .map((width, column) => (cells[column] ?? '').padEnd(width))
      .join('  ')
      .trimEnd();
  write([styleText('bold', line(head), { stream: process.stdout }), ...shown.map(line)]);
}

/** Progress on stderr: one line that moves on a terminal, nothing in a log until the end. */
export const progress = (words: string): void => {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[2K${cleaned(words)}`);
};

export const progressDone = (): void => {
  if (process.stderr.isTTY) process.stderr.write('\r\u001b[2K');
};
