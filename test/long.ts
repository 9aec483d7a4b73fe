/**
 * True under `npm run test:long`, which tries everything; `npm test` tries enough to find each
 * planted bug.
 */
export const isLong = process.env.LOCKSTEP_TEST_LONG === '1';

/** All cases in the long run; otherwise one of every `stride`, evenly spread. */
export const shareOf = <T>(all: T[], stride: number): T[] =>
  isLong ? all : all.filter((_, at) => at % stride === 0);
