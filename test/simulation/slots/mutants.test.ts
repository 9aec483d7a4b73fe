import { describe, expect, it } from 'vitest';
import { hunt } from '#test/simulation/engine/plant.ts';
import { mutants } from './mutants.ts';

/** The rarest of them shows once in some ten thousand histories, and early from this seed on. */
const hunting = { of: 'slots', histories: 30_000, seed: 20_001 };

describe('the checkers, unchanged, find a bug that is planted:', () => {
  it.each(mutants)('$story', async (mutant) => {
    const { found } = await hunt(mutant, hunting);
    process.stderr.write(
      `${mutant.story}: ${found ? `found in history ${found.after}: ${found.violations[0]}` : 'NOT FOUND'}\n`,
    );
    expect(found).toBeDefined();
  });

  it('and nothing where nothing is planted, in as many histories as the hardest of them took', async () => {
    expect((await hunt(undefined, { ...hunting, histories: 2_000 })).found).toBeUndefined();
  });
});
