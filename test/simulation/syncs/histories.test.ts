import { beforeAll, describe, expect, it } from 'vitest';
import { isLong } from '#test/long.ts';
import { summed, tallies } from '#test/simulation/engine/shards.ts';
import type { Tally } from './tally.ts';

const histories = Number(process.env.SYNC_HISTORIES ?? (isLong ? 6_000 : 1_500));
/** Park runs when the retries of half an hour are used up, after the faults. */
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
  'keep-list',
  'keep-ticket',
  'keep-tickets',
];
let all: Tally[];

describe(`${histories.toLocaleString('en')} random histories of syncs, with crashes, pauses, skew, lost, late and repeated calls`, () => {
  beforeAll(async () => {
    all = await tallies('syncs', histories);
  }, 1_800_000);

  it('end every sync or park it with a cause, and keep every invariant', () => {
    const states = [...summed(all, 'states')];
    expect(all.reduce((sum, tally) => sum + tally.histories, 0)).toBeGreaterThanOrEqual(histories);
    process.stderr.write(
      `${histories} histories of syncs: ${states.map(([state, times]) => `${times} ${state}`).join(', ')}; 0 violations\n`,
    );
    expect(states.map(([state]) => state).sort()).toEqual(['committed', 'parked', 'rolled_back', 'undone']);
  });

  it('are varied: enough of them commit, roll back, are undone, are parked, and are woken', () => {
    const states = summed(all, 'states');
    const syncs = [...states.values()].reduce((sum, times) => sum + times, 0);
    const share = (state: string) => (states.get(state) ?? 0) / syncs;
    expect(share('committed')).toBeGreaterThan(0.2);
    expect(share('rolled_back')).toBeGreaterThan(0.1);
    expect(share('undone')).toBeGreaterThan(0.05);
    expect(share('parked')).toBeGreaterThan(0.01);
    expect(all.reduce((sum, tally) => sum + tally.woken, 0) / syncs).toBeGreaterThan(0.05);
  });

  it('crash every process, and frequent ones before and after each call', () => {
    const met = [...summed(all, 'faults').keys()];
    const crashed = (name: string, when: string) =>
      met.some((fault) => fault.startsWith(`${name}.`) && fault.endsWith(`crash-${when}`));
    const times = (name: string) => ['before', 'after'].filter((when) => crashed(name, when)).length;
    // A hook or a rule is rare: some histories crash it once, and crash-points.test.ts at each of
    // its calls.
    expect(processes.filter((name) => times(name) < (isLong ? 2 : 1))).toEqual([]);
    const calls = [...summed(all, 'calls')]
      .filter(([, times]) => times > Math.max(1_500, histories / 4))
      .map(([name]) => name);
    expect(calls.length).toBeGreaterThan(25);
    expect(
      calls.filter((name) => !met.includes(`${name} crash-before`) || !met.includes(`${name} crash-after`)),
    ).toEqual([]);
  });
});
