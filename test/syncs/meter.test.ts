import { expect, it } from 'vitest';
import { syncWorld } from './syncs-world.ts';

type Figures = { transitions: number; decidingWrites: number; calls: number };

/**
 * The cost of one sync until its end: states entered, conditional writes after the first, and
 * calls to systems.
 */
async function costOf(prepare: (w: ReturnType<typeof syncWorld>) => void): Promise<Figures> {
  const w = syncWorld();
  prepare(w);
  await w.accept();
  await w.rest();
  const { v } = await w.sync();
  return { transitions: w.paths.flat().length, decidingWrites: v - 1, calls: w.calls.length };
}

it('a sync costs three transitions and two deciding writes when all agree, and four transitions when one refuses', async () => {
  const happy = await costOf(() => {});
  const refused = await costOf((w) => w.next('cheques.prepare', 'refuse'));
  const rows = Object.entries({ 'all agree': happy, 'one refuses': refused });
  process.stderr.write(
    rows
      .map(
        ([name, { transitions, decidingWrites, calls }]) =>
          `one sync, ${name}: ${transitions} transitions, ${decidingWrites} deciding writes, ${calls} calls to three systems (a state per call: 17 transitions)\n`,
      )
      .join(''),
  );
  expect(happy).toEqual({ transitions: 3, decidingWrites: 2, calls: 6 });
  expect(refused.transitions).toBeLessThanOrEqual(5);
  expect(refused).toMatchObject({ transitions: 4, decidingWrites: 2 });
});
