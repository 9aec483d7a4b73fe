import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

/**
 * `npm run test:long`: all pairs and chunks, all histories, every triple of faults, millions of
 * records.
 */
const root = join(import.meta.dirname, '..');
const suites = [
  'test/syncs/matrix.test.ts',
  'test/syncs/undo.test.ts',
  'test/batches/adapter-kills.test.ts',
  'test/simulation/slots/histories.test.ts',
  'test/simulation/syncs/histories.test.ts',
];
const commands = [
  ['node_modules/vitest/vitest.mjs', 'run', '--project', 'unit', '--project', 'simulation', ...suites],
  ['test/syncs/long.ts'],
  ['test/lib/fixed-width/long.ts'],
];
for (const words of commands) {
  const env = { ...process.env, LOCKSTEP_TEST_LONG: '1' };
  const { status } = spawnSync(process.execPath, words, { cwd: root, stdio: 'inherit', env });
  if (status !== 0) process.exit(status ?? 1);
}
