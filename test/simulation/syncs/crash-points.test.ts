import { describe, expect, it } from 'vitest';
import { crashEach, noCrashes, uncrashed } from '#test/simulation/engine/crashes.ts';
import { type Faults, scripted } from '#test/simulation/engine/faults.ts';
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
  'keep-list',
  'keep-ticket',
  'keep-tickets',
];
const faultyMs = 4 * 3_600_000;
describe('a single crash of any process at any call of a sync', () => {
  const sum = noCrashes();

  it.each(Object.keys(scenes))('leaves every invariant intact at rest where %s', async (scene) => {
    const before = sum.histories;
    const crashing = (seed: number, faults: Faults) =>
      history({ seed, faultyMs, ...scenes[scene]!(), faults: () => faults });
    await crashEach(processes, crashing, sum);
    expect(sum.violations.splice(0)).toEqual([]);
    expect(sum.histories - before).toBeGreaterThan(40);
  });

  it('is tried at every call, before it and after it', () => {
    const names = [...sum.called].sort();
    process.stderr.write(
      `${sum.crashed.size} crash points of syncs in ${sum.histories} histories: ${names.join(', ')}, each before and after\n`,
    );
    expect(uncrashed(sum)).toEqual([]);
    expect([...new Set(names.map((name) => name.split('.')[0]))].sort()).toEqual([...processes].sort());
    expect(names.length).toBeGreaterThan(40);
  });
});

describe('a stopped execution', () => {
  it.each(Object.keys(scenes))(
    'is followed by another that ends the sync, whichever state it was stopped in, where %s',
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
      expect(stops).toBeGreaterThan(scene.includes('before it is accepted') ? -1 : 10);
    },
  );
});
