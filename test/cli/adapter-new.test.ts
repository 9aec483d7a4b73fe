import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';

const run = promisify(execFile);
const checkout = join(import.meta.dirname, '..', '..');
const rooms = [
  'cli',
  'domain',
  'wiring',
  'events',
  'examples',
  'functions',
  'lib',
  'local',
  'state-machines',
  'systems',
  'wiring',
  'infra',
  'test',
];
const papers = ['.gitignore', 'cdk.json', 'package.json', 'biome.json', 'tsconfig.json', 'vitest.config.ts'];
let root: string;

/** A checkout below this one, so that Node finds its packages. */
beforeAll(() => {
  mkdirSync(join(checkout, '.lockstep'), { recursive: true });
  root = mkdtempSync(join(checkout, '.lockstep', 'new-adapter-'));
  for (const each of [...rooms, ...papers])
    cpSync(join(checkout, each), join(root, each), { recursive: true });
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

const inside = (program: string, ...words: string[]) => {
  const { VITEST: _, VITEST_MODE: __, VITEST_POOL_ID: ___, VITEST_WORKER_ID: ____, ...env } = process.env;
  return run(process.execPath, [program, ...words], { cwd: root, env: { ...env, NO_COLOR: '1' } });
};
const lockstep = (...words: string[]) => inside('cli/lockstep.ts', 'adapter', 'new', ...words);

it('adapter new writes an adapter that passes every contract test as it is', {
  timeout: 120_000,
}, async () => {
  const { stdout } = await lockstep('tele-type');
  const written = stdout.trim().split('\n');
  expect(written).toEqual([
    'functions/adapters/tele-type.ts',
    'test/participants/tele-type-office.json',
    'examples/systems/tele-type-office.ts',
  ]);
  const vitest = join(checkout, 'node_modules/vitest/vitest.mjs');
  const report = join(root, '.lockstep/report.json');
  await inside(
    vitest,
    'run',
    '--project',
    'unit',
    '-t',
    'tele-type-office|every adapter has a system',
    'test/contracts/adapters.test.ts',
    'test/contracts/wire.test.ts',
  );
  const { numPassedTests, numFailedTests } = JSON.parse(readFileSync(report, 'utf8'));
  expect(numFailedTests).toBe(0);
  expect(numPassedTests).toBeGreaterThan(35);
});

it('adapter new writes code that passes the formatter', async () => {
  await lockstep('pager');
  const paths = [
    'functions/adapters/pager.ts',
    'examples/systems/pager-office.ts',
    'test/participants/pager-office.json',
  ];
  await inside(join(checkout, 'node_modules/@biomejs/biome/bin/biome'), 'check', ...paths);
  expect(readFileSync(join(root, 'functions/adapters/pager.ts'), 'utf8').split('\n').length).toBeLessThan(31);
});

it('adapter new overwrites nothing, and refuses an invalid name', async () => {
  const before = readFileSync(join(root, 'functions/adapters/rest.ts'), 'utf8');
  await expect(lockstep('rest')).rejects.toThrow(
    'functions/adapters/rest.ts exists already; nothing was written.',
  );
  expect(readFileSync(join(root, 'functions/adapters/rest.ts'), 'utf8')).toBe(before);
  for (const name of ['Rest', '../rest', 'a--b', 'a'.repeat(25)])
    await expect(lockstep(name)).rejects.toThrow('cannot be an adapter');
});
