import { execFileSync } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';

type Row = { pid: number; parent: number; state: string; command: string };

/** The process table, without zombies. */
const table = (): Row[] =>
  execFileSync('ps', ['-A', '-ww', '-o', 'pid=,ppid=,state=,args='], { encoding: 'utf8', maxBuffer: 1 << 26 })
    .split('\n')
    .flatMap((line) => {
      const [, pid, parent, state = '', command = ''] = /^\s*(\d+)\s+(\d+)\s+(\S+)\s+(.*)$/.exec(line) ?? [];
      return pid && !state.startsWith('Z')
        ? [{ pid: Number(pid), parent: Number(parent), state, command }]
        : [];
    });

const below = (rows: Row[], pid: number): Row[] =>
  rows.filter(({ parent }) => parent === pid).flatMap((row) => [row, ...below(rows, row.pid)]);

/** Records every descendant of this process, until stopped. */
export const noteDescendants = (pid: number) => {
  const seen = new Map<number, string>();
  const note = () => {
    for (const row of below(table(), pid)) seen.set(row.pid, row.command);
  };
  const timer = setInterval(note, 150);
  return { seen, note, stop: () => clearInterval(timer) };
};

/** The processes that still run after some seconds. A reused process id does not count. */
export const leftOf = async (seen: Map<number, string>, withinMs: number): Promise<string[]> => {
  const left = () =>
    table()
      .filter(({ pid, command }) => seen.get(pid) === command)
      .map(({ command }) => command);
  for (const deadline = Date.now() + withinMs; left().length > 0 && Date.now() < deadline; ) await sleep(100);
  return left();
};
