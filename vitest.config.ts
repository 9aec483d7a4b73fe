import { defineConfig } from 'vitest/config';

const engines = ['test/**/*.engine.test.ts'];
const journeys = ['test/journeys/**/*.test.ts'];
const simulation = ['test/simulation/**/*.test.ts'];

/** Suites by cost: a test belongs to the cheapest one that can catch its bug. */

export default defineConfig({
  test: {
    reporters: ['default', ['json', { outputFile: '.lockstep/report.json' }]],
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: [...engines, ...journeys, ...simulation],
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
      { test: { name: 'simulation', include: simulation, testTimeout: 60_000, hookTimeout: 120_000 } },
      {
        test: {
          name: 'engine',
          include: engines,
          globalSetup: ['test/engine/setup.ts'],
          fileParallelism: false,
          testTimeout: 180_000,
          hookTimeout: 180_000,
        },
      },
      {
        test: {
          name: 'journeys',
          include: journeys,
          globalSetup: ['test/journeys/setup.ts'],
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 300_000,
        },
      },
    ],
  },
});
