import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { alive } from './folder.ts';

export type Command = { command: string[]; cwd: string; env: NodeJS.ProcessEnv; log: string };
/** `pid` is also the id of the process group of the command and all its children. */
export type Kept = { pid: number; exited: Promise<number>; stop(): Promise<void> };

/**
 * The command replaces this shell; the watcher beside it reads a pipe that only this process holds
 * open. When this process ends, for any reason, the pipe ends, and the watcher stops the whole
 * group: SIGTERM, up to 5 s, SIGKILL.
 */
const keeper = `
exec 3<&0 </dev/null
( trap '' TERM
  cat <&3
  kill -TERM 0
  n=0; while kill -0 $$ && [ $n -lt 50 ]; do sleep 0.1; n=$((n + 1)); done
  kill -KILL 0 ) >/dev/null 2>&1 &
exec 3<&- "$@"`;
const graceMs = 6000;

const running = new Set<Kept>();

/**
 * Starts a command that cannot outlive this process, even if this process is killed by SIGKILL.
 * Its output goes to the log.
 */
export const keep = ({ command, cwd, env, log }: Command): Kept => {
  const output = openSync(log, 'a');
  const child = spawn('/bin/sh', ['-c', keeper, 'sh', ...command], {
    cwd,
    env,
    detached: true,
    stdio: ['pipe', output, output],
  });
  closeSync(output);
  if (!child.pid) throw new Error('no process could be started: /bin/sh is missing');
  const pid = child.pid;
  const exited = new Promise<number>((resolve) => child.once('exit', (code) => resolve(code ?? 1)));
  const stop = async () => {
    child.stdin?.end();
    const deadline = Date.now() + graceMs;
    while (alive(-pid) && Date.now() < deadline) await sleep(20);
    if (alive(-pid)) process.kill(-pid, 'SIGKILL');
    running.delete(kept);
  };
  const kept: Kept = { pid, exited, stop };
  running.add(kept);
  exited.then(stop);
  return kept;
};

/** Stops every kept command and waits for its end. */
export const stopAll = async () => {
  await Promise.all([...running].map((kept) => kept.stop()));
};
