import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { keep } from '#local/keep.ts';
import { leftOf, noteDescendants } from './processes.ts';

const cwd = mkdtempSync(join(tmpdir(), 'keep-'));
const log = join(cwd, 'log');
afterAll(() => rmSync(cwd, { recursive: true }));

/** The source of a process that keeps a command, as `start` keeps the engine. */
const keeper = (command: string) => `
  import { keep } from ${JSON.stringify(import.meta.resolve('#local/keep.ts'))};
  keep({ command: ['/bin/sh', '-c', ${JSON.stringify(command)}], cwd: ${JSON.stringify(cwd)}, env: process.env, log: ${JSON.stringify(log)} });
  setTimeout(() => console.log('kept'), 200);`;

describe('a kept command', () => {
  it.each([
    ['with its children', 'sleep 301 & sleep 302'],
    ['though it ignores SIGTERM', "trap '' TERM; sleep 303 & sleep 304; sleep 305"],
  ])(
    'ends with its keeper, also when the keeper is killed, %s',
    async (_, command) => {
      const parent = spawn(process.execPath, ['--input-type=module', '-e', keeper(command)], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      const noted = noteDescendants(parent.pid!);
      await once(parent.stdout, 'data');
      noted.note();
      noted.stop();
      expect([...noted.seen.values()].filter((line) => line.startsWith('sleep'))).toHaveLength(2);
      parent.kill('SIGKILL');
      expect(await leftOf(noted.seen, 8000)).toEqual([]);
    },
    15_000,
  );

  it('ends its own child processes when it exits', async () => {
    const kept = keep({
      command: ['/bin/sh', '-c', 'sleep 306 & sleep 1; exit 7'],
      cwd,
      env: process.env,
      log,
    });
    const noted = noteDescendants(process.pid);
    expect(await kept.exited).toBe(7);
    noted.stop();
    await kept.stop();
    // The test's own process may have other children, such as the bundler's service.
    const own = new Map([...noted.seen].filter(([, command]) => command.startsWith('sleep 306')));
    expect(own.size).toBe(1);
    expect(await leftOf(own, 8000)).toEqual([]);
  });
});
