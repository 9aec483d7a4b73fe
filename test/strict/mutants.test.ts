import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { huntingGround } from '#test/simulation/engine/plant.ts';
import { mutants } from './mutants.ts';

const range = { seed: 1, histories: 2_000 };
let ground: Awaited<ReturnType<typeof huntingGround>>;
beforeAll(async () => {
  ground = await huntingGround('strict', 'test/strict/run.ts');
});
afterAll(() => ground.close());

describe('the unchanged checkers find a planted bug in the strict readers:', () => {
  it.each(mutants)('$story', async (mutant) => {
    const { found } = await ground.hunt(mutant, range);
    process.stderr.write(`${mutant.story}: ${found ? `found: ${found.violations[0]}` : 'NOT FOUND'}\n`);
    expect(found).toBeDefined();
  });

  it('the unchanged checkers find nothing where no bug is planted', async () => {
    expect((await ground.hunt(undefined, range)).found).toBeUndefined();
  });
});
