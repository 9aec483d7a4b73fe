import { expect, it } from 'vitest';
import { faultyWorld } from './faulty-world.ts';
import { atRest, operate } from './trial.ts';
import { violationsOf } from './violations.ts';

it('an undo releases reservations whose answers a crashed conductor never wrote down', async () => {
  const world = faultyWorld([{ system: 'debit', phase: 'prepare', fault: 'a death before the call' }], {
    stops: true,
  });
  await world.accept();
  await world.rest();
  expect([world.state('cheques'), world.state('dashboard'), (await world.sync()).parts]).toEqual([
    'reserved',
    'reserved',
    {},
  ]);
  await world.undo();
  await atRest(world);
  expect([world.state('cheques'), world.state('dashboard'), (await world.sync()).state]).toEqual([
    'rolled-back',
    'rolled-back',
    'undone',
  ]);
});

it('a rollback reverses a commit that a crashed conductor never wrote down, though the next call was not sent', async () => {
  const world = faultyWorld([{ system: 'debit', phase: 'commit', fault: 'a death after the call' }], {
    attempts: 0,
  });
  await world.accept();
  await atRest(world);
  const { ask } = world.tools;
  const unsent = { said: { vote: 'unknown', reason: 'no connection', sent: false } } as const;
  world.tools.ask = async (asked) =>
    asked.system.name === 'debit' && asked.phase === 'commit' ? unsent : ask(asked);
  await operate(world, 'retry');
  await atRest(world);
  expect([(await world.sync()).parts.debit?.commit?.sent, world.state('debit')]).toEqual([
    false,
    'committed',
  ]);
  await operate(world, 'force-rollback');
  await atRest(world);
  expect([(await world.sync()).state, world.state('debit'), await violationsOf(world)]).toEqual([
    'undone',
    'rolled-back',
    [],
  ]);
});
