import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
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
  console.log('kept');`;
const sleeping = ({ seen }: { seen: Map<number, string> }) =>
  [...seen.values()].filter((line) => line.startsWith('sleep 30')).length;

describe('a kept command', () => {
  it.each([
    ['with its children', 'sleep 301 & sleep 302'],
    ['though it ignores SIGTERM', "trap '' TERM; sleep 303 & sleep 304; sleep 305"],
  ])('ends with the process that keeps it, even when that is killed, %s', async (_, command) => {
    const parent = spawn(process.execPath, ['--input-type=module', '-e', keeper(command)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const noted = noteDescendants(parent.pid!);
    await once(parent.stdout, 'data');
    await expect.poll(() => sleeping(noted)).toBe(2);
    noted.stop();
    parent.kill('SIGKILL');
    expect(await leftOf(noted.seen)).toEqual([]);
  });

  it('ends its own child processes when it exits', async () => {
    const kept = keep({
      command: ['/bin/sh', '-c', 'sleep 306 & while [ ! -e enough ]; do sleep 0.1; done; exit 7'],
      cwd,
      env: process.env,
      log,
    });
    const noted = noteDescendants(process.pid);
    await expect.poll(() => sleeping(noted)).toBe(1);
    noted.stop();
    writeFileSync(join(cwd, 'enough'), '');
    expect(await kept.exited).toBe(7);
    await kept.stop();
    // The test's own process may have other children, such as the bundler's service.
    const own = new Map([...noted.seen].filter(([, command]) => command.startsWith('sleep 306')));
    expect(own.size).toBe(1);
    expect(await leftOf(own)).toEqual([]);
  });
});
