import { execFile } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { beforeAll, describe, expect, it } from 'vitest';
import { isLong } from '#test/long.ts';
import type { Tally } from './tally.ts';

const histories = Number(process.env.SYNC_HISTORIES ?? (isLong ? 6_000 : 1_500));
const shards = Math.min(4, availableParallelism());
/** Park comes when the tries of half an hour are used up, and then the faults are over. */
const processes = [
  'accept',
  'undo',
  'hook',
  'Prepare',
  'Commit',
  'Rollback',
  'adapter',
  'relay',
  'watchdog',
  'rule',
];
let all: Tally[];

/** One process per core, each with seeds of its own. */
const shard = (index: number): Promise<Tally> =>
  new Promise((done, fail) => {
    const size = Math.ceil(histories / shards);
    const args = [
      'test/simulation/syncs/run.ts',
      '--histories',
      String(size),
      '--seed',
      String(1 + index * size),
    ];
    execFile(process.execPath, args, { maxBuffer: 1 << 24 }, (error, stdout) => {
      if (!stdout.startsWith('{')) return fail(error);
      const { found } = JSON.parse(stdout);
      return found
        ? fail(
            new Error(
              `${found.violations.join('; ')} — see it with: node test/simulation/syncs/replay.ts --seed ${found.seed}`,
            ),
          )
        : done(JSON.parse(stdout));
    });
  });

const summed = (name: 'states' | 'calls' | 'faults'): Map<string, number> => {
  const counts = new Map<string, number>();
  for (const tally of all)
    for (const [key, times] of Object.entries(tally[name])) counts.set(key, (counts.get(key) ?? 0) + times);
  return counts;
};

describe(`${histories.toLocaleString('en')} random histories of syncs, with crashes, pauses, skew, lost, late and repeated calls`, () => {
  beforeAll(async () => {
    all = await Promise.all(Array.from({ length: shards }, (_, index) => shard(index)));
  }, 1_800_000);

  it('leave every sync ended, or with a person who is told why, and break no promise', () => {
    const states = [...summed('states')];
    expect(all.reduce((sum, tally) => sum + tally.histories, 0)).toBeGreaterThanOrEqual(histories);
    process.stderr.write(
      `${histories} histories of syncs: ${states.map(([state, times]) => `${times} ${state}`).join(', ')}; 0 violations\n`,
    );
    expect(states.map(([state]) => state).sort()).toEqual(['committed', 'parked', 'rolled_back', 'undone']);
  });

  it('mean something: enough of them commit, are rolled back, are undone, wait for a person, and are woken', () => {
    const states = summed('states');
    const syncs = [...states.values()].reduce((sum, times) => sum + times, 0);
    const share = (state: string) => (states.get(state) ?? 0) / syncs;
    expect(share('committed')).toBeGreaterThan(0.2);
    expect(share('rolled_back')).toBeGreaterThan(0.1);
    expect(share('undone')).toBeGreaterThan(0.05);
    expect(share('parked')).toBeGreaterThan(0.01);
    expect(all.reduce((sum, tally) => sum + tally.woken, 0) / syncs).toBeGreaterThan(0.05);
  });

  it('crash every process before and after its calls', () => {
    const met = [...summed('faults').keys()];
    const crashed = (name: string, when: string) =>
      met.some((fault) => fault.startsWith(`${name}.`) && fault.endsWith(`crash-${when}`));
    expect(processes.filter((name) => !crashed(name, 'before') || !crashed(name, 'after'))).toEqual([]);
    const calls = [...summed('calls')].filter(([, times]) => times > histories / 4).map(([name]) => name);
    expect(calls.length).toBeGreaterThan(25);
    expect(
      calls.filter((name) => !met.includes(`${name} crash-before`) || !met.includes(`${name} crash-after`)),
    ).toEqual([]);
  });
});
