import { describe, expect, it } from 'vitest';
import { lanesOf, transitionsOf } from '#domain/syncs/accept/batch-load.ts';
import { manifests } from '#test/syncs/manifests.ts';
import { batchWorld, cents, names } from './batches-world.ts';

const all = { count: 30_000, amount_minor: 30_000 * cents };
const once = (effects: Record<string, number>) => Object.values(effects).every((times) => times <= 1);

describe('a batch of 30,000 payments', () => {
  it('is one sync: decided once, exact in the books of all three systems, and undone by one token', {
    timeout: 120_000,
  }, async () => {
    const { accept, rest, sync, entry, paths, undo } = await batchWorld();
    await accept(30_000);
    await rest();
    expect(await sync()).toMatchObject({ state: 'committed', decision: { to: 'commit' } });
    expect(paths).toEqual([['Prepare', 'Decided?', 'Commit']]);
    for (const name of names)
      expect(await entry(name), name).toMatchObject({ state: 'committed', items: all });
    expect((await entry('debit'))?.chunks).toHaveLength(60);
    await undo();
    await rest();
    expect((await sync()).state).toBe('undone');
    for (const name of names) {
      const { state, items, effects, chunks = [] } = (await entry(name)) ?? {};
      expect([name, state, items]).toEqual([name, 'rolled-back', { count: 0, amount_minor: 0 }]);
      expect([effects, ...chunks.map((chunk) => chunk.effects)].every((each) => each && once(each))).toBe(
        true,
      );
    }
  });

  it('continues after each time limit of a function, at two transitions each, as often as the dry run estimates', {
    timeout: 120_000,
  }, async () => {
    const { accept, rest, sync, entry, paths, arrivals } = await batchWorld({ legMs: 2_000 });
    await accept(30_000);
    await rest();
    expect(await sync()).toMatchObject({ state: 'committed', legs: 2 });
    const goesOn = ['Continue', 'Decided?'];
    expect(paths).toEqual([['Prepare', 'Decided?', ...goesOn, ...goesOn, ...goesOn, 'Ended']]);
    const legMs = 2_000;
    const lanes = lanesOf(
      30_000,
      (await sync()).plan,
      names.map((name) => manifests[name]),
    );
    expect(paths[0]).toHaveLength(transitionsOf(lanes, legMs));
    for (const name of names)
      expect(await entry(name), name).toMatchObject({ state: 'committed', items: all });
    // No chunk was sent again after its answer.
    expect((await arrivals('debit')).filter(({ call }) => call === 'commit')).toHaveLength(60);
  });
});
