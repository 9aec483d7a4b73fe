import { describe, expect, it } from 'vitest';
import { runMutant } from '#test/simulation/engine/plant.ts';
import { mutants } from './mutants.ts';

const histories = 4_000;

describe('the unchanged checkers find a planted bug in syncs:', () => {
  it.each(mutants)('$story', async (mutant) => {
    const { found } = await runMutant(mutant, { of: 'syncs', histories });
    process.stderr.write(
      `${mutant.story}: ${found ? `found in history ${found.after}: ${found.violations[0]}` : 'NOT FOUND'}\n`,
    );
    expect(found).toBeDefined();
  });
});
