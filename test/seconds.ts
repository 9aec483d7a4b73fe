import { relative } from 'node:path';
import { type Suite, suiteOf } from './suites.ts';

/** What of a report of vitest says how long its files took; times are ms since the epoch. */
export type Report = {
  startTime: number;
  success: boolean;
  numPassedTests: number;
  numFailedTests: number;
  testResults: { name: string; startTime: number; endTime: number; assertionResults: { status: string }[] }[];
};

/** The reports of runs side by side as one. */
export const merged = (reports: Report[]): Report => ({
  startTime: Math.min(...reports.map(startOf)),
  success: reports.every(({ success }) => success),
  numPassedTests: sum(reports.map(({ numPassedTests }) => numPassedTests)),
  numFailedTests: sum(reports.map(({ numFailedTests }) => numFailedTests)),
  testResults: reports.flatMap(({ testResults }) => testResults),
});
const sum = (numbers: number[]) => numbers.reduce((all, one) => all + one, 0);

export type Row = { suite: Suite; files: number; tests: number; seconds: number };

/** A row for each suite of a report: its files, the tests that ran, and the seconds from its first test to its last. */
export function rowsOf({ testResults }: Report, root: string): Row[] {
  const suiteAt = (file: string) => suiteOf(relative(root, file).replaceAll('\\', '/'));
  const bySuite = Map.groupBy(testResults, ({ name }) => suiteAt(name));
  return [...bySuite].map(([suite, files]) => ({
    suite,
    files: files.length,
    tests: files.flatMap(({ assertionResults }) => assertionResults).filter(ran).length,
    seconds: (Math.max(...files.map(endOf)) - Math.min(...files.map(startOf))) / 1000,
  }));
}

const ran = ({ status }: { status: string }) => status === 'passed' || status === 'failed';
const startOf = ({ startTime }: { startTime: number }) => startTime;
const endOf = ({ endTime }: { endTime: number }) => endTime;

/** The rows as a table, with what else took time, such as the check; `total` is the whole run, in which suites may overlap. */
export function tableOf(rows: Row[], others: Record<string, number>, total: number): string {
  const shown = [
    ['suite', 'seconds', 'tests', 'files'],
    ...Object.entries(others).map(([name, seconds]) => [name, seconds.toFixed(0), '', '']),
    ...rows.map(({ suite, seconds, tests, files }) => [
      suite,
      seconds.toFixed(0),
      String(tests),
      String(files),
    ]),
    ['all', total.toFixed(0), '', ''],
  ];
  const lines = shown.map(([name = '', ...numbers]) =>
    [name.padEnd(12), ...numbers.map((number) => number.padStart(8))].join('').trimEnd(),
  );
  return `${lines.join('\n')}\n`;
}
