import { describe, expect, it } from 'vitest';
import { type Crashes, crashEach, noCrashes, uncrashed } from '#test/simulation/engine/crashes.ts';
import { history } from './history.ts';
import type { Plan } from './scenario.ts';

const slot = { tenant: 'acme', slot: 42 };
const alice = { ...slot, key: 'alice', at: 0, cancels: true, late: true, patience: 4 };
const bob = { ...slot, key: 'bob', at: 45_000, cancels: false, late: false, patience: 2 };
const scene = (clients: Plan['clients']): Plan => ({
  slots: [slot],
  clients,
  puts: [{ ...slot, key: '', at: 20 }],
});

/** The events after a crash. Messages in progress come again in each case. */
const recoveries: Record<string, Plan> = {
  'the same client repeats its call': scene([alice]),
  'another client comes': scene([{ ...alice, patience: 0 }, bob]),
  'no client comes again': scene([{ ...alice, patience: 0 }]),
  'the checks refuse': { ...scene([alice, bob]), refuses: true },
};
const processes = [
  'reserve',
  'cancel',
  'put',
  'relay',
  'settle',
  'keep-board',
  'keep-list',
  'keep-reservation',
];

const all: Crashes = noCrashes();

describe('a single crash of any process at any call of a reservation', () => {
  it.each(Object.entries(recoveries))('leaves every invariant intact at rest when %s', async (_, plan) => {
    const [before, sum] = [all.histories, { ...all, crashed: new Set<string>(), violations: [] }];
    const still = { plan, loses: false, refusals: false };
    await crashEach(processes, (seed, faults) => history({ seed, faults, ...still }), sum);
    for (const crash of sum.crashed) all.crashed.add(crash);
    all.histories = sum.histories;
    expect(sum.violations).toEqual([]);
    expect(sum.crashed.size).toBeGreaterThan(20);
    expect(all.histories - before).toBeGreaterThan(40);
  });

  it('is tried at every call, before it and after it', () => {
    for (const name of all.called) if (name.startsWith('repair')) all.called.delete(name);
    const names = [...all.called].sort();
    process.stderr.write(
      `${all.crashed.size} crash points in ${all.histories} histories: ${names.join(', ')}, each before and after\n`,
    );
    expect(uncrashed(all)).toEqual([]);
    expect(names.length).toBeGreaterThan(20);
  });
});
