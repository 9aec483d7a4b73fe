import { describe, expect, it } from 'vitest';
import { isLong } from '#test/long.ts';
import { checks } from './checks.ts';

const cases = isLong ? 200_000 : 5_000;

describe(`the strict readers, in ${cases} cases each:`, () => {
  it.each(checks)('%s', (claim, look) => {
    const looked = look(cases, Date.now() % 1_000_000);
    process.stderr.write(`${looked.cases} cases: ${claim}\n`);
    expect(looked).toEqual({ cases });
  });
});
