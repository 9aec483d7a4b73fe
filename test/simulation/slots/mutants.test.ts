import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { huntingGround, told } from '#test/simulation/engine/plant.ts';
import { mutants } from './mutants.ts';

/** The rarest of them shows once in some ten thousand histories. */
const wide = { seed: 20_001, histories: 30_000 };
let ground: Awaited<ReturnType<typeof huntingGround>>;
beforeAll(async () => {
  ground = await huntingGround('slots');
});
afterAll(() => ground.close());

describe('the unchanged checkers find a planted bug in reservations:', () => {
  it.each(mutants)('$story', async (mutant) => {
    const verdict = await ground.seek(mutant, wide);
    process.stderr.write(told(mutant, verdict));
    expect(verdict.found).toBeDefined();
  });

  it('and nothing where nothing is planted, in the histories that show them', async () => {
    expect((await ground.hunt(undefined, { ...wide, histories: 2_000 })).found).toBeUndefined();
  });
});
