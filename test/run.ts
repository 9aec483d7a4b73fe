import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { capabilities } from './capabilities.ts';

/**
 * `npm test`: the check, then every suite. `npm test -- --only syncs`: the types, then the tests
 * of one capability. Words after `--` go to vitest.
 */
const { values, positionals } = parseArgs({ options: { only: { type: 'string' } }, allowPositionals: true });
const root = join(import.meta.dirname, '..');
const names = Object.keys(capabilities);
const folders = values.only === undefined ? [] : capabilities[values.only];
if (!folders) {
  process.stderr.write(`There is no capability ${values.only}: ${names.join(', ')}.\n`);
  process.exit(1);
}

/** Runs a command of node_modules/.bin, and exits with its code when it fails. */
const run = (name: string, ...words: string[]) => {
  const { status } = spawnSync(join(root, 'node_modules/.bin', name), words, { cwd: root, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
};

if (values.only === undefined) {
  const { status } = spawnSync('npm', ['run', 'check'], { cwd: root, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
  run('vitest', 'run', ...positionals);
} else {
  run('tsc', '-p', '.');
  run('vitest', 'run', '--project', 'unit', '--project', 'isolated', ...folders, ...positionals);
}
