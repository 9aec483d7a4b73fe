import { defineConfig } from 'vitest/config';

const engines = ['test/**/*.engine.test.ts'];
/** Each file in modules of its own: doors keep their clients for as long as their modules live, and some tests weigh the process. */
const isolated = ['test/**/*door*.test.ts', 'test/lib/sftp-files.test.ts', 'test/batches/open-batch.test.ts'];
const journeys = ['test/journeys/**/*.test.ts'];
const simulation = ['test/simulation/**/*.test.ts'];

/** Vite cannot read the pattern that systems are loaded by, and need not: here they are files, found by Node. */
const build = { dynamicImportVarsOptions: { exclude: ['**/systems/load.ts'] } };

/**
 * Suites by cost: a test belongs to the cheapest one that can catch its bug. One after the other, since the simulator takes every core
 * and a journey on a machine without one to spare would wait for the wrong thing.
 */
export default defineConfig({
  build,
  test: {
    reporters: ['default', ['json', { outputFile: '.lockstep/report.json' }]],
    projects: [
      {
        test: {
          name: 'unit',
          isolate: false,
          include: ['test/**/*.test.ts'],
          exclude: [...engines, ...journeys, ...simulation, ...isolated],
          sequence: { groupOrder: 1 },
          testTimeout: 120_000,
          hookTimeout: 240_000,
        },
      },
      {
        test: {
          name: 'isolated',
          include: isolated,
          sequence: { groupOrder: 1 },
          testTimeout: 120_000,
          hookTimeout: 240_000,
        },
      },
      {
        test: {
          name: 'simulation',
          include: simulation,
          sequence: { groupOrder: 2 },
          testTimeout: 600_000,
          hookTimeout: 1_800_000,
        },
      },
      {
        test: {
          name: 'engine',
          include: engines,
          globalSetup: ['test/engine/setup.ts'],
          fileParallelism: false,
          sequence: { groupOrder: 3 },
          testTimeout: 180_000,
          hookTimeout: 180_000,
        },
      },
      {
        test: {
          name: 'journeys',
          include: journeys,
          globalSetup: ['test/journeys/setup.ts'],
          setupFiles: ['test/answers/record.ts'],
          fileParallelism: false,
          sequence: { groupOrder: 4 },
          testTimeout: 300_000,
          hookTimeout: 600_000,
        },
      },
    ],
  },
});
