import { expect, it } from 'vitest';
import { merged, type Report, rowsOf, tableOf } from './seconds.ts';
import { suiteOf } from './suites.ts';

const file = (name: string, startTime: number, endTime: number, ...statuses: string[]) => ({
  name: `/work/${name}`,
  startTime,
  endTime,
  assertionResults: statuses.map((status) => ({ status })),
});
const report = (...testResults: Report['testResults']): Report => ({
  startTime: 1_000,
  success: true,
  numPassedTests: testResults.length,
  numFailedTests: 0,
  testResults,
});
const two = merged([
  report(
    file('test/lib/a.test.ts', 2_000, 4_000, 'passed', 'skipped'),
    file('test/lib/b.test.ts', 3_000, 9_000, 'failed'),
  ),
  { ...report(file('test/simulation/slots/a.test.ts', 1_500, 61_500, 'passed')), startTime: 500 },
]);

it('each test file belongs to one suite, and what no pattern names is a unit test', () => {
  expect(
    [
      'lib/ids.test.ts',
      'lib/signer.engine.test.ts',
      'evidence/door.test.ts',
      'journeys/05-money.test.ts',
      'simulation/slots/a.test.ts',
    ].map((path) => suiteOf(`test/${path}`)),
  ).toEqual(['unit', 'engine', 'isolated', 'journeys', 'simulation']);
});

it('npm test ends with the seconds of each suite, from its first test to its last, and of the whole', () => {
  const rows = rowsOf(two, '/work');
  expect(rows).toEqual([
    { suite: 'unit', files: 2, tests: 2, seconds: 7 },
    { suite: 'simulation', files: 1, tests: 1, seconds: 60 },
  ]);
  expect(tableOf(rows, { check: 12.4 }, 70).split('\n')).toEqual([
    'suite        seconds   tests   files',
    'check             12',
    'unit               7       2       2',
    'simulation        60       1       1',
    'all               70',
    '',
  ]);
});

it('two runs side by side leave one report', () => {
  expect(two).toMatchObject({ startTime: 500, numPassedTests: 3, success: true });
  expect(merged([two, { ...two, success: false }]).success).toBe(false);
});
