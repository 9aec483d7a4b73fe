import { randomFaults } from '#test/simulation/engine/faults.ts';
import { randomFrom } from '#test/simulation/engine/random.ts';
import { rest } from '#test/simulation/engine/stage.ts';
import { violationsOf } from './checkers.ts';
import { type Cast, castFrom, play } from './scenario.ts';
import { makeStage, type Setting, type Stage } from './stage.ts';

export type Seen = Stage & { cast: Cast; violations: string[] };

/**
 * One history: the real operations, conductors, adapter and relay in one seeded interleaving;
 * then rest; then the checkers.
 */
export async function history({
  seed,
  faultyMs = 300_000,
  ...given
}: { seed: number; cast?: Cast; faultyMs?: number } & Partial<Setting>): Promise<Seen> {
  const random = randomFrom(seed ^ 0x5bd1e995);
  let stage: Stage | undefined;
  const cast = given.cast ?? castFrom(random, () => stage?.faults.on ?? false);
  stage = makeStage({
    seed,
    faults: (chance) => randomFaults(chance, chance.pick([0, 0.02, 0.05, 0.1])),
    ...cast,
    ...given,
  });
  play(cast, stage);
  await stage.world.run(stage.world.start + faultyMs);
  await rest(stage);
  return { ...stage, cast, violations: await violationsOf(stage) };
}
