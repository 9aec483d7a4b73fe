import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
export const checkout = join(import.meta.dirname, '..', '..');
const rooms = [
  ...['bench', 'cli', 'docs', 'domain', 'events', 'examples', 'functions', 'infra', 'lib', 'local'],
  ...['openapi', 'state-machines', 'systems', 'test', 'wiring'],
];
const papers = ['.gitignore', 'cdk.json', 'package.json', 'biome.json', 'tsconfig.json', 'vitest.config.ts'];

/** A copy of the checkout below the checkout, so that it finds the packages. */
export function checkoutCopy(name: string) {
  mkdirSync(join(checkout, '.lockstep'), { recursive: true });
  const root = mkdtempSync(join(checkout, '.lockstep', `${name}-`));
  for (const each of [...rooms, ...papers])
    cpSync(join(checkout, each), join(root, each), { recursive: true });
  const inside = (program: string, ...words: string[]) => {
    const { VITEST: _, VITEST_MODE: __, VITEST_POOL_ID: ___, VITEST_WORKER_ID: ____, ...env } = process.env;
    return run(process.execPath, [program, ...words], { cwd: root, env: { ...env, NO_COLOR: '1' } });
  };
  return {
    root,
    node: inside,
    /** Runs a command of the CLI of the copy. */
    lockstep: (...words: string[]) => inside('cli/lockstep.ts', ...words),
    /** Runs a package's program in the copy. */
    tool: (program: string, ...words: string[]) => inside(join(checkout, 'node_modules', program), ...words),
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}
