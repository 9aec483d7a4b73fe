import { defineConfig } from 'vitest/config';
import { suites } from './test/suites.ts';

/** Vite cannot read the pattern that systems are loaded by, and need not: here they are files, found by Node. */
const build = { dynamicImportVarsOptions: { exclude: ['**/systems/load.ts'] } };

const others = Object.values(suites).flat();
/** A worker for each core. Limits are there for what never ends, and not for a machine that is busy. */
const inParallel = {
  maxWorkers: '100%',
  expect: { poll: { timeout: 60_000, interval: 20 } },
  testTimeout: 600_000,
  hookTimeout: 600_000,
};

/** They wait more than they compute; which journeys run at the same time is in test/journeys/turns.ts. */
const onEngines = { ...inParallel, maxWorkers: 5 };

/** Suites by cost: a test belongs to the cheapest one that can catch its bug. */
export default defineConfig({
  build,
  test: {
    reporters: ['default', 'json'],
    // A lane of `npm test` names another file, which an option of the reporter itself would outweigh.
    outputFile: { json: '.lockstep/report.json' },
    projects: [
      {
        test: {
          name: 'unit',
          isolate: false,
          include: ['test/**/*.test.ts'],
          exclude: others,
          sequence: { groupOrder: 1 },
          ...inParallel,
        },
      },
      {
        test: {
          name: 'isolated',
          include: [...suites.isolated],
          sequence: { groupOrder: 1 },
          ...inParallel,
        },
      },
      {
        test: {
          name: 'simulation',
          include: [...suites.simulation],
          sequence: { groupOrder: 2 },
          ...inParallel,
          testTimeout: 1_800_000,
          hookTimeout: 1_800_000,
        },
      },
      {
        test: {
          name: 'engine',
          include: [...suites.engine],
          globalSetup: ['test/engine/setup.ts'],
          sequence: { groupOrder: 3 },
          ...onEngines,
        },
      },
      {
        test: {
          name: 'journeys',
          include: [...suites.journeys],
          globalSetup: ['test/journeys/setup.ts'],
          setupFiles: ['test/answers/record.ts', 'test/journeys/turn.ts'],
          sequence: { groupOrder: 3 },
          ...onEngines,
        },
      },
    ],
  },
});
