import { describe, expect, it } from 'vitest';
import { oneCrash } from './faults.ts';
import { history } from './history.ts';
import type { Plan } from './scenario.ts';

const slot = { tenant: 'acme', slot: 42 };
const alice = { ...slot, key: 'alice', at: 0, cancels: true, late: true, patience: 4 };
const bob = { ...slot, key: 'bob', at: 45_000, cancels: false, late: false, patience: 2 };
const scene = (clients: Plan['clients']): Plan => ({ slots: [slot], clients, puts: [{ ...slot, key: '', at: 20 }] });

/** What may follow a crash. Messages that were under way come again in each of them. */
const recoveries: Record<string, Plan> = {
  'the same client asks again': scene([alice]),
  'another client comes': scene([{ ...alice, patience: 0 }, bob]),
  'nobody comes, only time passes': scene([{ ...alice, patience: 0 }]),
};
const processes = ['reserve', 'cancel', 'put', 'relay', 'settle', 'keep-board', 'keep-list', 'keep-reservation'];
const most = 40;

/** Crashes the first process of that name at each of its calls, until it makes no more. */
async function crashEach(name: string, plan: Plan): Promise<{ crashed: string[]; violations: string[] }> {
  const crashed: string[] = [];
  const violations: string[] = [];
  for (const when of ['before', 'after'] as const) {
    for (let call = 0; call < most; call++) {
      const faults = oneCrash(name, call, when);
      const { violations: found } = await history({ seed: 7 + call, plan, faults, loses: false, refusals: false });
      if (faults.met.size === 0) break;
      crashed.push(...[...faults.met.keys()].map((label) => `${label} ${when}`));
      violations.push(...found.map((violation) => `${name} call ${call} ${when}: ${violation}`));
    }
  }
  return { crashed, violations };
}

describe.each(Object.entries(recoveries))('after any single crash, when %s,', (_, plan) => {
  it.each(processes)('%s leaves nothing wrong at rest', async (name) => {
    const { crashed, violations } = await crashEach(name, plan);
    process.stderr.write(`${name}: ${[...new Set(crashed)].join(', ')}\n`);
    expect(violations).toEqual([]);
    expect(crashed.length).toBeGreaterThanOrEqual(2);
  });
});
