import { describe, expect, it } from 'vitest';
import { batchWorld, cents, names } from './world.ts';

const all = { count: 30_000, amount_minor: 30_000 * cents };
const once = (effects: Record<string, number>) => Object.values(effects).every((times) => times <= 1);

describe('thirty thousand payments', () => {
  it('are one sync: decided once, exact in all three books, and taken back by one token', { timeout: 120_000 }, async () => {
    const { accept, rest, sync, entry, paths, undo } = await batchWorld();
    await accept(30_000);
    await rest();
    expect(await sync()).toMatchObject({ state: 'committed', decision: { to: 'commit' } });
    expect(paths).toEqual([['Prepare', 'Decided?', 'Commit']]);
    for (const name of names) expect(await entry(name), name).toMatchObject({ state: 'committed', items: all });
    expect((await entry('debit'))?.chunks).toHaveLength(60);
    await undo();
    await rest();
    expect((await sync()).state).toBe('undone');
    for (const name of names) {
      const { state, items, effects, chunks = [] } = (await entry(name)) ?? {};
      expect([name, state, items]).toEqual([name, 'rolled-back', { count: 0, amount_minor: 0 }]);
      expect([effects, ...chunks.map((chunk) => chunk.effects)].every((each) => each && once(each))).toBe(true);
    }
  });
});
