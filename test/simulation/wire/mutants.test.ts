import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { huntingGround } from '#test/simulation/engine/plant.ts';
import { mutants } from './mutants.ts';

const histories = { framing: 420, replies: 1_500, placeholders: 1_500, votes: 2_000 };

describe.each(Object.entries(mutants))('the unchanged checkers find a planted bug in %s:', (of, bugs) => {
  let ground: Awaited<ReturnType<typeof huntingGround>>;
  beforeAll(async () => {
    ground = await huntingGround(of);
  });
  afterAll(() => ground.close());

  it.each(bugs)('$story', async (mutant) => {
    const { found } = await ground.hunt(mutant, {
      seed: 1,
      histories: histories[of as keyof typeof histories],
    });
    process.stderr.write(
      `${mutant.story}: ${found ? `found in case ${found.after}: ${found.violations[0]}` : 'NOT FOUND'}\n`,
    );
    expect(found).toBeDefined();
  });
});
