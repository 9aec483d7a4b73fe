import { describe, expect, it } from 'vitest';
import { hunt } from '#test/simulation/engine/plant.ts';
import { mutants } from './mutants.ts';

const histories = 10_000;

describe('the checkers, unchanged, find a bug that is planted:', () => {
  it.each(mutants)('$story', async (mutant) => {
    const { found } = await hunt(mutant, 'slots', histories);
    process.stderr.write(
      `${mutant.story}: ${found ? `found in history ${found.after}: ${found.violations[0]}` : 'NOT FOUND'}\n`,
    );
    expect(found).toBeDefined();
  });

  it('and nothing where nothing is planted, in as many histories as the hardest of them took', async () => {
    expect((await hunt(undefined, 'slots', 2_000)).found).toBeUndefined();
  });
});
