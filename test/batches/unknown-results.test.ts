import { setTimeout as wait } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { receiveAnswer } from '#domain/syncs/recovery/receive-answer.ts';
import { outsideToken, tenant } from '#test/syncs/syncs-world.ts';
import { operate } from '#test/syncs/trial.ts';
import { batchWorld, cents, names } from './batches-world.ts';

const nothing = { count: 0, amount_minor: 0 };
const all = { count: 2_000, amount_minor: 2_000 * cents };

it('does not accept one hook as the rollback of a whole batch, because it names no chunk', {
  timeout: 60_000,
}, async () => {
  const world = await batchWorld();
  const { accept, rest, sync, entry, undo, misbehave, tools } = world;
  await accept(2_000);
  await rest();
  await misbehave('debit', { call: 'rollback', behaviour: 'ongoing', chunk: 0, delayMs: 1_500 });
  await undo();
  await rest();
  await receiveAnswer({ tenant, outsideToken, system: 'debit', phase: 'rollback', yes: true }, tools);
  await rest();
  const { state } = await sync();
  expect([state, (await entry('debit'))?.items.count === 0]).not.toEqual(['undone', false]);
  await wait(1_600);
  if ((await sync()).state === 'parked') await operate(world, 'retry');
  await rest();
  expect((await sync()).state).toBe('undone');
  for (const name of names)
    expect(await entry(name), name).toMatchObject({ state: 'rolled-back', items: nothing });
});

it('reverses a batch with an unknown commit when another system refuses and the caller chose "compensate"', {
  timeout: 60_000,
}, async () => {
  const { accept, rest, sync, entry, misbehave } = await batchWorld();
  await accept(2_000, { onCommitFailure: 'compensate' });
  await misbehave('debit', { call: 'commit', behaviour: 'drop-after', chunk: 3 });
  await misbehave('dashboard', { call: 'commit', behaviour: 'refuse' });
  await rest();
  expect(await sync()).toMatchObject({ state: 'undone' });
  for (const name of names) expect((await entry(name))?.items ?? nothing, name).toEqual(nothing);
});

it("keeps each system's yes with the totals of the whole batch, though the file's answer comes late", {
  timeout: 60_000,
}, async () => {
  const world = await batchWorld();
  const { accept, rest, sync, entry, misbehave, results } = world;
  await accept(2_000);
  await misbehave('cheques', { call: 'process', behaviour: 'ongoing', delayMs: 2_500 });
  await rest();
  for (let turn = 0; turn < 5 && (await sync()).state !== 'committed'; turn++) {
    await wait(1_000);
    if ((await sync()).state === 'parked') await operate(world, 'retry');
  }
  for (const name of names) expect(await entry(name), name).toMatchObject({ state: 'committed', items: all });
  const kept = results().flatMap(({ systems }) => systems);
  expect(kept.map(({ system }) => system).toSorted()).toEqual([...names].toSorted());
  for (const { vote, totals } of kept) expect([vote, totals]).toEqual(['yes', all]);
});
