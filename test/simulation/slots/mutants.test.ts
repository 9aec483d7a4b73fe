import { describe, expect, it } from 'vitest';
import { runMutant } from '#test/simulation/engine/plant.ts';
import { mutants } from './mutants.ts';

/** The rarest of them shows once in some ten thousand histories, and early from this seed on. */
const hunting = { of: 'slots', histories: 30_000, seed: 20_001 };

describe('the unchanged checkers find a planted bug in reservations:', () => {
  it.each(mutants)('$story', async (mutant) => {
    const { found } = await runMutant(mutant, hunting);
    process.stderr.write(
      `${mutant.story}: ${found ? `found in history ${found.after}: ${found.violations[0]}` : 'NOT FOUND'}\n`,
    );
    expect(found).toBeDefined();
  });

  it('the unchanged checkers find nothing where no bug is planted', async () => {
    expect((await runMutant(undefined, { ...hunting, histories: 2_000 })).found).toBeUndefined();
  });
});
