import { describe, expect, it } from 'vitest';
import { runMutant } from '#test/simulation/engine/plant.ts';
import { mutants } from './mutants.ts';

const hunting = { of: 'strict', histories: 2_000, seed: 1, program: 'test/strict/run.ts' };

describe('the checkers of the strict readers, unchanged, find a bug that is planted:', () => {
  it.each(mutants)('$story', async (mutant) => {
    const { found } = await runMutant(mutant, hunting);
    process.stderr.write(`${mutant.story}: ${found ? `found: ${found.violations[0]}` : 'NOT FOUND'}\n`);
    expect(found).toBeDefined();
  });

  it('and nothing where nothing is planted', async () => {
    expect((await runMutant(undefined, hunting)).found).toBeUndefined();
  });
});
