import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Outputs } from './deploy.ts';
import { answers, clientOf } from './engine.ts';
import { alive, folder, prepareFolder } from './folder.ts';

/**
 * A Lockstep that runs on this machine. `env`: the environment of an AWS client; `systems`: the
 * addresses of the outside systems, as seen from this machine.
 */
export type Running = {
  pid: number;
  endpoint: string;
  region: string;
  env: Record<string, string>;
  baseUrl: string;
  outputs: Outputs;
  systems: Record<string, { url: string }>;
  /** The address at which outside systems are killed and revived. */
  switchboard: string;
  /** API keys for the user of this machine. */
  keys?: Record<string, string>;
};

const file = join(folder, 'running.json');

/**
 * The Lockstep that `npm start` runs, if its process lives: a file left by a killed process does
 * not count.
 */
export const findRunning = async (path = file): Promise<Running | undefined> => {
  const running = read(path);
  if (!running || !alive(running.pid) || !(await answers(running.endpoint))) return undefined;
  return { ...running, ...clientOf(running.endpoint) };
};

/**
 * Lets a second `start` and the command line find this one. The file has no AWS credentials; its
 * API keys are readable by this user only.
 */
export const announce = (
  { pid, endpoint, baseUrl, outputs, systems, switchboard, keys }: Running,
  path = file,
) => {
  prepareFolder();
  writeFileSync(
    `${path}.${pid}`,
    `${JSON.stringify({ pid, endpoint, baseUrl, outputs, systems, switchboard, keys }, null, 2)}\n`,
    {
      mode: 0o600,
    },
  );
  renameSync(`${path}.${pid}`, path);
};

export const withdraw = (pid: number, path = file) => {
  if (read(path)?.pid === pid) rmSync(path, { force: true });
};

type Announced = Omit<Running, 'region' | 'env'>;

const read = (path: string): Announced | undefined => {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return undefined; // absent, or truncated
  }
};
