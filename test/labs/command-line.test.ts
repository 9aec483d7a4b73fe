import { spawnSync } from 'node:child_process';
import { expect, it } from 'vitest';

const lab = (...args: string[]) =>
  spawnSync(process.execPath, ['local/lab.ts', ...args], { encoding: 'utf8' });

it.each([
  ['--items is a number from 1 to 100000, as in --items 30000.', ['ohio', '--items', '0']],
  ['--items is a number from 1 to 100000, as in --items 30000.', ['ohio', '--items', '100001']],
  ['--items is a number from 1 to 100000, as in --items 30000.', ['ohio', '--items', 'many']],
  ['There are no batches in vaccine.', ['vaccine', '--items', '5']],
  ['Nothing can be killed in vaccine.', ['vaccine', '--kill', 'debit']],
  [
    'Give either --items or --kill: no system can be killed in the lab of batches.',
    ['ohio', '--items', '5', '--kill', 'debit'],
  ],
  ['There is no lab "texas": the labs are ohio and vaccine.', ['texas']],
])('npm run lab refuses invalid options before it starts anything: %s', (sentence, args) => {
  const { status, stderr, stdout } = lab(...args);
  expect([status, stderr, stdout]).toEqual([1, `${sentence}\n`, '']);
});
