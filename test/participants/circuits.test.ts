import { beforeEach, describe, expect, it } from 'vitest';
import { keys } from '#domain/keys.ts';
import { opensAfter } from '#domain/participants/circuits/circuit.ts';
import { circuitsOn } from '#domain/participants/circuits/circuits.ts';
import { type MemoryTable, memoryTable } from '#table/memory-table.ts';

type Said = { answered: boolean; pauseMs?: number };
const away: Said = { answered: false };
const time = { now: 0 };
let [table, writes]: [MemoryTable, { event?: { type: string }; v: number; eventV?: number }[]] = [
  memoryTable(),
  [],
];
/** The circuits of one execution: it reads the state of the systems, and reports their answers. */
const conductor = () => circuitsOn({ table, clock: { now: () => time.now } }, ['debit', 'cheques']);
const look = async (circuits: ReturnType<typeof conductor>) =>
  circuits.resting(await table.batchGetItems(circuits.keys, 'read'));
async function reportAnswers(system: string, said: Said, times = 1) {
  for (let n = 0; n < times; n++) {
    const circuits = conductor();
    await look(circuits);
    await circuits.report([{ system, ...said }]);
  }
}
const resting = () => look(conductor());

beforeEach(() => {
  time.now = 1_000_000;
  writes = [];
  table = memoryTable({ onWrite: (image) => void writes.push(image as never) });
});

describe('the circuit of a system', () => {
  it(`opens after ${opensAfter} failures in a row, for longer with each failure, and for at most five minutes`, async () => {
    await reportAnswers('debit', away, opensAfter - 1);
    expect(await resting()).toEqual({});
    const pauses = [];
    for (let n = 0; n < 9; n++) {
      await reportAnswers('debit', away);
      pauses.push(((await resting()).debit ?? 0) - time.now);
    }
    expect(pauses).toEqual([5, 10, 20, 40, 80, 160, 300, 300, 300].map((seconds) => seconds * 1_000));
    expect(await resting()).not.toHaveProperty('cheques');
  });

  it('lets calls through again when its pause is over', async () => {
    await reportAnswers('debit', away, opensAfter);
    time.now += 5_000;
    expect(await resting()).toEqual({});
  });

  it('counts from zero after any answer, even a refusal', async () => {
    await reportAnswers('debit', away, opensAfter - 1);
    await reportAnswers('debit', { answered: true });
    await reportAnswers('debit', away, opensAfter - 1);
    expect(await resting()).toEqual({});
  });

  it('publishes system.recovered once, when an open circuit gets an answer', async () => {
    await reportAnswers('debit', away, opensAfter + 2);
    await reportAnswers('debit', { answered: true });
    expect(await resting()).toEqual({});
    const recoveries = () =>
      writes.filter(({ v, eventV, event }) => v === eventV && event?.type === 'system.recovered');
    expect(recoveries()).toHaveLength(1);
    await reportAnswers('debit', away);
    await reportAnswers('debit', { answered: true }, 2);
    expect(recoveries()).toHaveLength(1);
  });

  it('writes nothing while the system is healthy', async () => {
    await reportAnswers('debit', { answered: true }, 3);
    expect(writes).toEqual([]);
  });
});

it('a system that asks for a pause gets it from the first time on', async () => {
  await reportAnswers('cheques', { ...away, pauseMs: 2_000 });
  expect(await resting()).toEqual({ cheques: time.now + 2_000 });
  await reportAnswers('cheques', { answered: true });
  expect(await resting()).toEqual({});
});

it('a paused system stays paused until an operator resumes it, whatever it answers', async () => {
  const paused = { at: 1, by: 'ops', reason: 'migration' };
  await table.putItem({
    label: 'pause',
    item: { ...keys.standing('debit'), v: 1, failures: 0, paused },
    condition: 'attribute_not_exists(#pk)',
  });
  time.now += 86_400_000;
  expect(await resting()).toEqual({ debit: Number.POSITIVE_INFINITY });
  await reportAnswers('debit', away, opensAfter);
  await reportAnswers('debit', { answered: true });
  expect(await resting()).toEqual({ debit: Number.POSITIVE_INFINITY });
});

it('concurrent failures are counted once or twice, and do not overwrite each other', async () => {
  const both = [conductor(), conductor()];
  for (const one of both) await look(one);
  for (const one of both) await one.report([{ system: 'debit', ...away }]);
  expect(writes.map(({ v }) => v)).toEqual([1]);
});

it('a circuit that cannot be written does not fail the sync', async () => {
  const away = { ...table, putItem: () => Promise.reject(new Error('away')) };
  const standings = circuitsOn({ table: away, clock: { now: () => time.now } }, ['debit']);
  await look(standings);
  await expect(standings.report([{ system: 'debit', answered: false }])).resolves.toBeUndefined();
});
