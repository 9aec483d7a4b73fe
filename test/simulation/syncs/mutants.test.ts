import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { huntingGround, near, told } from '#test/simulation/engine/plant.ts';
import { mutants } from './mutants.ts';

const wide = { seed: 1, histories: 4_000 };
let ground: Awaited<ReturnType<typeof huntingGround>>;
beforeAll(async () => {
  ground = await huntingGround('syncs');
});
afterAll(() => ground.close());

describe('the unchanged checkers find a planted bug in syncs:', () => {
  it.each(mutants)('$story', async (mutant) => {
    const verdict = await ground.seek(mutant, wide);
    process.stderr.write(told(mutant, verdict));
    expect(verdict.found).toBeDefined();
  });

  it('and nothing where nothing is planted, in the rarest of the histories that show them', async () => {
    const rarest = Math.max(...mutants.map(({ seed = 1 }) => seed));
    expect((await ground.hunt(undefined, { seed: rarest, histories: near })).found).toBeUndefined();
  });
});
