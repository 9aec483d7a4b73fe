import { styleText } from 'node:util';

/** Text for people, on stderr. */
export const say = (line: string): void => void process.stderr.write(`${line}\n`);

/** Data, on stdout: one JSON value. */
export const json = (value: unknown): void =>
  void process.stdout.write(`${JSON.stringify(value, null, 2)}\n`);

/** Data, on stdout: lines for people and for grep. */
export const lines = (rows: string[]): void =>
  void process.stdout.write(rows.map((row) => `${row}\n`).join(''));

/**
 * Data on stdout, of any length: waits until the reader has taken it, so that memory stays
 * bounded.
 */
export const print = (text: string): Promise<void> =>
  new Promise((done) => process.stdout.write(text, () => done()));

/** A table on stdout, its head bold where the terminal has colours (and NO_COLOR is not set). */
export function table(head: string[], rows: string[][]): void {
  const widths = head.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => shown(row[column]).length)),
  );
  const line = (cells: string[]) =>
    widths
      .map((width, column) => shown(cells[column]).padEnd(width))
      .join('  ')
      .trimEnd();
  lines([styleText('bold', line(head), { stream: process.stdout }), ...rows.map(line)]);
}

/** Removes control characters from foreign text: they would steer the terminal. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these characters are removed
const shown = (cell = '') => cell.replaceAll(/[\u0000-\u001f\u007f-\u009f]/g, '�');

/** Progress on stderr: one line that moves on a terminal, nothing in a log until the end. */
export const progress = (words: string): void => {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[2K${words}`);
};

export const progressDone = (): void => {
  if (process.stderr.isTTY) process.stderr.write('\r\u001b[2K');
};
