import { describe, expect, it } from 'vitest';
import { scripted } from '#test/simulation/engine/faults.ts';
import { history } from './history.ts';
import { scenes, stopAt } from './scenes.ts';

const faultyMs = 4 * 3_600_000;

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
      expect(stops).toBeGreaterThan(scene.includes('undone before it is accepted') ? -1 : 10);
    },
  );
});
