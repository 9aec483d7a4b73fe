import { describe, expect, it } from 'vitest';
import { runMutant } from '#test/simulation/engine/plant.ts';
import { mutants } from './mutants.ts';

const histories = { framing: 420, replies: 1_500, placeholders: 1_500 };

describe.each(Object.entries(mutants))(
  'the checkers of %s, unchanged, find a planted bug:',
  (of, planted) => {
    it.each(planted)('$story', async (mutant) => {
      const { found } = await runMutant(mutant, { of, histories: histories[of as keyof typeof histories] });
      process.stderr.write(
        `${mutant.story}: ${found ? `found in case ${found.after}: ${found.violations[0]}` : 'NOT FOUND'}\n`,
      );
      expect(found).toBeDefined();
    });
  },
);
