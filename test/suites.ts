import { matchesGlob } from 'node:path';

/** The files of each suite but `unit`, which is every other test. */
export const suites = {
  /** Each file in modules of its own: doors keep their clients for as long as their modules live, and some tests weigh the process. */
  isolated: ['test/**/*door*.test.ts', 'test/lib/sftp-files.test.ts', 'test/batches/open-batch.test.ts'],
  simulation: ['test/simulation/**/*.test.ts'],
  engine: ['test/**/*.engine.test.ts'],
  journeys: ['test/journeys/**/*.test.ts'],
} as const;
export type Suite = keyof typeof suites | 'unit';

/** The suite that runs a file, named by its path in the checkout. */
export const suiteOf = (path: string): Suite =>
  (Object.keys(suites) as (keyof typeof suites)[]).find((name) =>
    suites[name].some((pattern) => matchesGlob(path, pattern)),
  ) ?? 'unit';
