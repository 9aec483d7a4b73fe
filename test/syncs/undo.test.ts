import { expect, it } from 'vitest';
import { Problem } from '#lib/problem.ts';
import { isLong, shareOf } from '#test/long.ts';
import { faultyWorld, type Scenario, three } from './faulty-world.ts';
import { type Cell, cellsOf, chosen, nameOf } from './matrix-cells.ts';
import type { OfficeName } from './scripted-offices.ts';
import { type SyncWorld, syncWorld } from './syncs-world.ts';
import { atRest } from './trial.ts';
import { count } from './trial-tally.ts';
import { violationsOf } from './violations.ts';

const left = ({ books }: Pick<SyncWorld, 'books'>, names = three) =>
  names.reduce((sum, name) => sum + books[name].total(), 0);

/**
 * One sync with two concurrent undos before its `at`-th step: a read or write of the sync, or a
 * call of an office.
 */
async function undoneBefore(at: number, cells: Cell[], scenario: Scenario) {
  let [steps, asking, refused] = [0, false, false];
  const step = async () => {
    if (asking || ++steps !== at) return;
    asking = true;
    const asked = await Promise.allSettled([world.undo('key_1'), world.undo('key_2')]);
    refused = asked.some(
      (one) =>
        one.status === 'rejected' && one.reason instanceof Problem && one.reason.code === 'undo-refused',
    );
    asking = false;
  };
  const world = faultyWorld(cells, { ...scenario, step });
  await world.accept({ onCommitFailure: scenario.onCommitFailure ?? 'retry' });
  await atRest(world);
  const { state } = await world.sync();
  const found = await violationsOf(world);
  if (!refused && state !== 'parked' && left(world, scenario.systems) !== 0) found.push('money is left');
  if (!refused && steps >= at && state === 'committed') found.push('it is committed');
  const title = `${cells.map(nameOf).join()} ${JSON.stringify(scenario)}, undone before step ${at}`;
  return { met: steps >= at, state, violations: found.map((said) => `${title}: ${said}`) };
}

/** Repeats that for every step. */
async function everywhere(
  cells: Cell[],
  scenario: Scenario,
  sum: { trials: number; ended: Record<string, number>; violations: string[] },
) {
  for (let at = 1; ; at++) {
    const { met, state, violations } = await undoneBefore(at, cells, scenario);
    if (!met) return;
    sum.trials++;
    sum.ended[state] = (sum.ended[state] ?? 0) + 1;
    sum.violations.push(...violations);
  }
}

it('an undo at any step, under any single fault, leaves no effect anywhere, or a ticket', {
  timeout: 600_000,
}, async () => {
  const sum = { trials: 0, ended: {} as Record<string, number>, violations: [] as string[] };
  const singles = shareOf([...chosen(cellsOf(three), 1)], 3);
  for (const cells of [[], ...singles])
    for (const scenario of [{}, { stops: true }, { onCommitFailure: 'compensate' as const }])
      await everywhere(cells, scenario, sum);
  process.stderr.write(
    `undo before each step, ${singles.length} singles: ${sum.violations.length} violations; ${count(sum.trials)} trials ${JSON.stringify(sum.ended)}\n`,
  );
  expect(sum.violations).toEqual([]);
  expect(sum.trials).toBeGreaterThan(isLong ? 2_000 : 600);
  expect(sum.ended.committed).toBeUndefined();
});

it.each(['letters', 'gazette'] as OfficeName[])(
  'an undo at any step succeeds, or is refused as too late, with %s among the systems',
  async (name) => {
    const sum = { trials: 0, ended: {} as Record<string, number>, violations: [] as string[] };
    const systems = [...three, name];
    for (const cells of [[], ...chosen(cellsOf([name]), 1)]) await everywhere(cells, { systems }, sum);
    // A duplicate at a system that cannot recognise it takes effect twice.
    expect(sum.violations.filter((said) => !said.startsWith('letters.commit: a duplicate'))).toEqual([]);
    expect(sum.trials).toBeGreaterThan(100);
  },
);

it('a sync whose undo came first is refused, and no system is called', async () => {
  const world = syncWorld();
  await world.undo();
  await world.undo('key_2');
  await expect(world.accept()).rejects.toMatchObject({ code: 'sync-undone' });
  await world.rest();
  expect([world.calls, (await world.sync()).state, await violationsOf(world)]).toEqual([[], 'undone', []]);
});

it('a committed sync is undone once, and every later undo is answered the same', async () => {
  const world = syncWorld();
  await world.accept();
  await world.rest();
  const first = await world.undo();
  await world.rest();
  const { v } = await world.sync();
  expect((await world.undo('key_2')).undo).toEqual(first.undo);
  await world.rest();
  expect([(await world.sync()).v, left(world), world.effects('debit')?.rollback]).toEqual([v, 0, 1]);
  expect(await violationsOf(world)).toEqual([]);
});

it('an undo of a sync that has rolled back is recorded, and changes nothing', async () => {
  const world = syncWorld();
  world.next('cheques.prepare', 'refuse');
  await world.accept();
  await world.rest();
  await world.undo();
  await world.rest();
  const { state, undo } = await world.sync();
  expect([state, undo?.by, await violationsOf(world)]).toEqual(['rolled_back', 'key_1', []]);
});
