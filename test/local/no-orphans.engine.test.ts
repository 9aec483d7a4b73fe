import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { checkout } from '#local/folder.ts';
import { leftOf, noteDescendants } from './processes.ts';

let held: ChildProcess;
let noted: ReturnType<typeof noteDescendants>;

const hold = (env: NodeJS.ProcessEnv = {}) => {
  const { AWS_ENDPOINT_URL: _, ...own } = process.env;
  const child = spawn(process.execPath, ['test/local/hold.ts'], {
    cwd: checkout,
    env: { ...own, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  held = child;
  noted = noteDescendants(child.pid!);
  return child;
};

const saw = (what: string) => [...noted.seen.values()].filter((command) => command.includes(what)).length;

const until = async (condition: () => boolean) => {
  for (const deadline = Date.now() + 60_000; !condition(); await sleep(50))
    if (Date.now() > deadline) throw new Error(`never came; seen: ${[...noted.seen.values()].join('\n')}`);
};

afterEach(() => {
  noted.stop();
  held.kill('SIGKILL');
});

describe('no process is left behind', () => {
  it.each(['SIGKILL', 'SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
    'by %s while functions run',
    async (signal) => {
      const child = hold();
      const [line] = await once(child.stdout, 'data');
      const { baseUrl, outputs } = JSON.parse(line);
      expect(outputs.ApiId).toBeTruthy();
      expect((await fetch(`${baseUrl}/hello`)).status).toBe(200);
      for (let call = 0; call < 3; call++) fetch(`${baseUrl}/slow?ms=12000`).catch(() => {});
      await until(() => saw('_worker.js') >= 3);
      child.kill(signal);
      await once(child, 'exit');
      expect(saw('-m ministack')).toBeGreaterThan(0);
      expect(await leftOf(noted.seen, 8000)).toEqual([]);
    },
    90_000,
  );

  it('by SIGKILL in the middle of a deploy', async () => {
    const child = hold();
    await until(() => saw('cdk deploy') > 0 || saw(`${join('.bin', 'cdk')} synth`) > 0);
    child.kill('SIGKILL');
    noted.note();
    expect(saw('-m ministack')).toBeGreaterThan(0);
    expect(await leftOf(noted.seen, 8000)).toEqual([]);
  }, 90_000);

  it.each([
    ['synth', 'no endpoint; set ENDPOINT_NOWHERE'],
    ['deploy', 'nowhere'],
  ])(
    'by a failed %s, whose reason and log are named in one sentence',
    async (broken, reason) => {
      const child = hold({ BROKEN: broken });
      const [stderr] = await Promise.all([text(child.stderr), once(child, 'exit')]);
      const sentence = stderr.split('\n').find((line) => line.startsWith('Error: '));
      expect(sentence).toContain(reason);
      expect(sentence).toMatch(
        new RegExp(`fix that and start again; the log is \\.lockstep/instances/.*/${broken}\\.log\\.$`),
      );
      expect(saw('-m ministack')).toBeGreaterThan(0);
      expect(await leftOf(noted.seen, 8000)).toEqual([]);
    },
    90_000,
  );
});
