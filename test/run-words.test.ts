import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { askedOf, lanesOf, vitestWords } from './run-words.ts';

const asked = (line: string) => askedOf(line.split(' ').filter(Boolean));
const called = (line: string) => {
  const { words, ...rest } = asked(line);
  return lanesOf({ words, ...rest }).map((lane) => vitestWords(lane, [], words).join(' '));
};

describe('npm test', () => {
  it.each([
    ['', { words: [] }],
    ['--only syncs', { only: 'syncs', words: [] }],
    ['--only=syncs', { only: 'syncs', words: [] }],
    ['--only', { only: '', words: [] }],
    ['-t one --only syncs --bail 1', { only: 'syncs', words: ['-t', 'one', '--bail', '1'] }],
    ['--reporter=verbose test/lib', { words: ['--reporter=verbose', 'test/lib'] }],
  ])('%s: takes the capability, and leaves every other word to vitest', (line, expected) => {
    expect(asked(line)).toEqual(expected);
  });

  it('runs every project once, the simulators in a process of their own that gives way', () => {
    const lanes = lanesOf({ words: [] });
    expect(lanes.flatMap(({ projects }) => projects).sort()).toEqual([
      'engine',
      'isolated',
      'journeys',
      'simulation',
      'unit',
    ]);
    expect(lanes.find(({ projects }) => projects.includes('simulation'))?.nice).toBeGreaterThan(0);
    expect(new Set(lanes.map(({ report }) => report)).size).toBe(lanes.length);
  });

  it('runs of a capability what needs no engine', () => {
    expect(called('--only syncs')).toEqual([
      'run --passWithNoTests --project unit --project isolated --outputFile.json=.lockstep/report.json',
    ]);
  });

  it('hands flags and paths to vitest, and keeps its own report beside a reporter of the caller', () => {
    for (const line of called('--reporter=verbose --bail=1 test/lib'))
      expect(line).toMatch(/--outputFile\.json=\S+ --reporter=json --reporter=verbose --bail=1 test\/lib$/);
    expect(called('--project unit')).toEqual([
      'run --passWithNoTests --outputFile.json=.lockstep/report.json --project unit',
    ]);
  });

  it('leaves the report of a lane where the lane names it, although another is running', () => {
    const folder = mkdtempSync(join(tmpdir(), 'lockstep-report-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const report = join(folder, 'lane.json');
    const words = ['run', '--passWithNoTests', '--project', 'simulation', `--outputFile.json=${report}`];
    const root = join(import.meta.dirname, '..');
    const { VITEST: _, VITEST_MODE: __, VITEST_POOL_ID: ___, VITEST_WORKER_ID: ____, ...env } = process.env;
    spawnSync(join(root, 'node_modules/.bin/vitest'), [...words, 'no-such-file'], { cwd: root, env });
    expect(JSON.parse(readFileSync(report, 'utf8'))).toMatchObject({ testResults: [] });
  });
});
