import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { tenths } from './stacks.ts';

/** Reports that other commands have left in a checkout; absent where they have not run. */
export type Reports = {
  tests?: { seconds: number; passed: number; failed: number };
  bench?: Record<string, unknown>;
};

type VitestReport = {
  startTime: number;
  numPassedTests: number;
  numFailedTests: number;
  testResults: { name: string; endTime: number }[];
};

export function reportsOf(root: string): Reports {
  const tests = testsOf(read(root, 'report.json') as VitestReport | undefined);
  const bench = read(root, 'bench.json') as Record<string, unknown> | undefined;
  return { ...(tests && { tests }), ...(bench && { bench }) };
}

/** A report of some suites only does not count as one of `npm test`. */
export function testsOf(report: VitestReport | undefined): Reports['tests'] {
  const suites = ['test/domain/', 'test/simulation/', '.engine.test.ts', 'test/journeys/'];
  const ran = report?.testResults ?? [];
  if (!report || !suites.every((suite) => ran.some(({ name }) => name.includes(suite)))) return;
  const end = Math.max(...ran.map(({ endTime }) => endTime));
  return {
    seconds: tenths((end - report.startTime) / 1000),
    passed: report.numPassedTests,
    failed: report.numFailedTests,
  };
}

const read = (root: string, name: string): unknown => {
  const path = join(root, '.lockstep', name);
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : undefined;
};
