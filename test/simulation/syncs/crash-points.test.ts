import { describe, expect, it } from 'vitest';
import { oneCrash, scripted } from '#test/simulation/faults.ts';
import { history } from './history.ts';
import { scenes, stopAt } from './scenes.ts';

const processes = [
  'accept',
  'undo',
  'hook',
  'Prepare',
  'Commit',
  'Rollback',
  'Park',
  'adapter',
  'relay',
  'watchdog',
  'rule',
];
const faultyMs = 4 * 3_600_000;
type Crashes = { crashed: Set<string>; called: Set<string>; violations: string[]; histories: number };

/** Crashes each process of that name at each of its calls, one crash a history, until there are no more. */
async function crashEach(scene: string, name: string, when: 'before' | 'after', sum: Crashes): Promise<void> {
  for (let nth = 0, ended = false; !ended; nth++) {
    for (let call = 0; ; call++) {
      const faults = oneCrash(name, nth, call, when);
      const { violations, calls } = await history({
        seed: 7 + call,
        faultyMs,
        ...scenes[scene]!(),
        faults: () => faults,
      });
      sum.histories += 1;
      if (faults.met.size === 0) for (const label of calls.keys()) sum.called.add(label);
      ended = call === 0 && faults.met.size === 0;
      if (faults.met.size === 0) break;
      for (const label of faults.met.keys()) sum.crashed.add(`${label} ${when}`);
      sum.violations.push(
        ...violations.map((violation) => `${scene}: ${name} ${nth}, call ${call}, ${when}: ${violation}`),
      );
    }
  }
}

describe('a single crash of any process at any call of a sync', () => {
  const sum: Crashes = { crashed: new Set(), called: new Set(), violations: [], histories: 0 };

  it.each(Object.keys(scenes))('leaves nothing wrong at rest where %s', async (scene) => {
    const before = sum.histories;
    for (const name of processes)
      for (const when of ['before', 'after'] as const) await crashEach(scene, name, when, sum);
    expect(sum.violations).toEqual([]);
    expect(sum.histories - before).toBeGreaterThan(40);
  });

  it('has been tried at every call that there is, before it and after it', () => {
    const names = [...sum.called].sort();
    process.stderr.write(
      `${sum.crashed.size} crash points of syncs in ${sum.histories} histories: ${names.join(', ')}, each before and after\n`,
    );
    expect(
      names.flatMap((name) => [`${name} before`, `${name} after`]).filter((crash) => !sum.crashed.has(crash)),
    ).toEqual([]);
    expect([...new Set(names.map((name) => name.split('.')[0]))].sort()).toEqual([...processes].sort());
    expect(names.length).toBeGreaterThan(40);
  });
});

describe('an execution that is stopped', () => {
  it.each(Object.keys(scenes))(
    'in any of its states is followed by another that brings it to its end, where %s',
    async (scene) => {
      const wrong: string[] = [];
      let stops = 0;
      for (const ruleless of [false, true]) {
        for (let state = 1, more = true; more && state < 30; state++) {
          for (const ms of [0, 30, 60, 1_500]) {
            const { violations, machine } = await history({
              ...{ seed: state, faultyMs, ...scenes[scene]!(), ruleless, entered: stopAt(state, ms) },
              faults: () => scripted({}),
            });
            more = [...machine.executions.values()].some(({ entered }) => entered >= state);
            stops += more ? 1 : 0;
            wrong.push(...violations.map((violation) => `state ${state} + ${ms} ms: ${violation}`));
          }
        }
      }
      expect(wrong).toEqual([]);
      expect(stops).toBeGreaterThan(scene.includes('before it has come') ? -1 : 10);
    },
  );
});
