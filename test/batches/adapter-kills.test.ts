import { describe, expect, it } from 'vitest';
import { isLong } from '#test/long.ts';
import type { Passing } from './adapter-kills.ts';
import { batchWorld, cents, type Name, names } from './batches-world.ts';

const chunks = isLong ? 60 : 12;
/** The chunk after the middle one, counted from 0. */
const middle = chunks / 2;
const count = chunks * 500;
const all = { count, amount_minor: count * cents };
const atMostOnce = (effects: Record<string, number>) => Object.values(effects).every((times) => times <= 1);
type World = Awaited<ReturnType<typeof batchWorld>>;

/**
 * The end of every case: all three books hold the whole batch, each chunk once; after an undo
 * they hold nothing.
 */
async function expectWholeBatch({ rest, sync, entry, undo }: World): Promise<void> {
  await rest();
  expect((await sync()).state).toBe('committed');
  for (const name of names) expect(await entry(name), name).toMatchObject({ state: 'committed', items: all });
  await undo();
  await rest();
  expect((await sync()).state).toBe('undone');
  for (const name of names) {
    const found = await entry(name);
    expect(found, name).toMatchObject({ state: 'rolled-back', items: { count: 0, amount_minor: 0 } });
    for (const effects of [found?.effects, ...(found?.chunks ?? []).map((chunk) => chunk.effects)])
      expect(effects && atMostOnce(effects), `${name} ${JSON.stringify(effects)}`).toBe(true);
  }
}

describe(`a crash in chunk ${middle + 1} of ${chunks}`, () => {
  const inMiddle = (system: Name, phase: string, done: boolean) => (passing: Passing) =>
    passing.system === system && passing.phase === phase && passing.chunk === middle && passing.done === done;

  it.each([
    ['debit', 'prepare', false],
    ['debit', 'commit', false],
    ['debit', 'commit', true],
    ['debit', 'rollback', false],
    ['debit', 'rollback', true],
    ['cheques', 'prepare', false],
    ['cheques', 'rollback', false],
  ] as const)(
    'of the adapter of %s in %s (after the chunk took effect: %s) leaves each chunk done once',
    { timeout: 300_000 },
    async (system, phase, done) => {
      let deaths = 0;
      const world = await batchWorld({
        dies: (passing) => {
          const dies = inMiddle(system, phase, done)(passing);
          deaths += dies ? 1 : 0;
          return dies;
        },
      });
      await world.accept(count);
      await expectWholeBatch(world);
      expect(deaths).toBe(1);
    },
  );

  it.each([
    ['commit', 'die'],
    ['commit', 'die-after'],
    ['rollback', 'die'],
    ['rollback', 'die-after'],
  ])(
    'of debit itself at %s (%s) is recovered when debit is back, and each chunk is done once',
    { timeout: 300_000 },
    async (call, behaviour) => {
      let asks = 0;
      const world: World = await batchWorld({
        before: ({ system, phase }) =>
          system === 'debit' && phase === call && ++asks === 2 ? world.served.debit.revive() : undefined,
      });
      await world.accept(count);
      await world.misbehave('debit', { call, behaviour, chunk: middle });
      await expectWholeBatch(world);
      expect(asks).toBeGreaterThan(1);
    },
  );
});
