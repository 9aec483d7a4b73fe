import { describe, expect, it } from 'vitest';
import { oneCrash } from './faults.ts';
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

/** What may follow a crash. Messages that were under way come again in each of them. */
const recoveries: Record<string, Plan> = {
  'the same client asks again': scene([alice]),
  'another client comes': scene([{ ...alice, patience: 0 }, bob]),
  'nobody comes, only time passes': scene([{ ...alice, patience: 0 }]),
  'the checks say no': { ...scene([alice, bob]), refuses: true },
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

type Crashes = { crashed: Set<string>; called: Set<string>; violations: string[] };

/** Crashes each process of that name at each of its calls, one crash a history, until there are no more. */
async function crashEach(name: string, plan: Plan, when: 'before' | 'after', sum: Crashes): Promise<void> {
  for (let nth = 0, ended = false; !ended; nth++) {
    for (let call = 0; ; call++) {
      const faults = oneCrash(name, nth, call, when);
      const { violations, calls } = await history({
        seed: 7 + call,
        plan,
        faults,
        loses: false,
        refusals: false,
      });
      if (faults.met.size === 0) for (const label of calls.keys()) sum.called.add(label);
      ended = call === 0 && faults.met.size === 0;
      if (faults.met.size === 0) break;
      for (const label of faults.met.keys()) sum.crashed.add(`${label} ${when}`);
      sum.violations.push(
        ...violations.map((violation) => `${name} ${nth}, call ${call}, ${when}: ${violation}`),
      );
    }
  }
}

describe('a single crash of any process at any call', () => {
  const all = new Set<string>();
  const calls = new Set<string>();

  it.each(Object.entries(recoveries))('leaves nothing wrong at rest when %s', async (_, plan) => {
    const sum: Crashes = { crashed: new Set(), called: calls, violations: [] };
    for (const name of processes)
      for (const when of ['before', 'after'] as const) await crashEach(name, plan, when, sum);
    for (const crash of sum.crashed) all.add(crash);
    expect(sum.violations).toEqual([]);
    expect(sum.crashed.size).toBeGreaterThan(20);
  });

  it('has been tried at every call that there is, before it and after it', () => {
    const names = [...calls].filter((name) => !name.startsWith('repair'));
    process.stderr.write(`${all.size} crash points: ${names.sort().join(', ')}, each before and after\n`);
    expect(
      names.flatMap((name) => [`${name} before`, `${name} after`]).filter((crash) => !all.has(crash)),
    ).toEqual([]);
    expect(names.length).toBeGreaterThan(20);
  });
});
