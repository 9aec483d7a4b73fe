import { execFile } from 'node:child_process';
import { availableParallelism } from 'node:os';

const shards = Math.min(4, availableParallelism());

/**
 * Runs so many histories of a simulator, a process per core, each with its own seeds. Returns
 * their counts.
 */
export const tallies = <T>(of: string, histories: number): Promise<T[]> =>
  Promise.all(Array.from({ length: shards }, (_, index) => shard<T>(of, histories, index)));

const shard = <T>(of: string, histories: number, index: number): Promise<T> =>
  new Promise((done, fail) => {
    const size = Math.ceil(histories / shards);
    const numbers = ['--histories', String(size), '--seed', String(1 + index * size)];
    const args = ['test/simulation/run.ts', '--of', of, ...numbers];
    execFile(process.execPath, args, { maxBuffer: 1 << 24 }, (error, stdout) => {
      if (!stdout.startsWith('{')) return fail(error);
      const { found } = JSON.parse(stdout);
      const replay = `npm run sim:replay -- --of ${of} --seed ${found?.seed}`;
      return found
        ? fail(new Error(`${found.violations.join('; ')} — see it with: ${replay}`))
        : done(JSON.parse(stdout));
    });
  });

/** The summed counts of all shards. */
export function summed<T, K extends keyof T>(all: T[], name: K): Map<string, number> {
  const counts = new Map<string, number>();
  for (const tally of all)
    for (const [key, times] of Object.entries(tally[name] as Record<string, number>))
      counts.set(key, (counts.get(key) ?? 0) + times);
  return counts;
}
