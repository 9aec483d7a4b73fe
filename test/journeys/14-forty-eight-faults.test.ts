import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { wireOf } from '#domain/syncs/token.ts';
import { eventually } from './here.ts';
import { newPublisher, type OfficeName, offices } from './offices.ts';

const names: OfficeName[] = ['debit', 'cheques', 'dashboard'];
/** What an office is told to do, and the end that the sync must come to by whether it was told so about prepare or about commit. */
const faults: [fault: string, behaviour: string, times: number, prepare: string, commit: string][] = [
  ['refuses for good', 'refuse', 100, 'rolled_back', 'parked'],
  ['fails once', 'fail', 1, 'committed', 'committed'],
  ['hangs and does nothing', 'hang', 1, 'committed', 'committed'],
  ['acts, but answers too late', 'slow', 1, 'committed', 'committed'],
  ['dies before it acts', 'drop-before', 1, 'committed', 'committed'],
  ['acts and dies', 'drop-after', 1, 'committed', 'committed'],
  ['hears the same twice', 'repeat', 1, 'committed', 'committed'],
  ['is answered for by somebody in between', 'html', 1, 'committed', 'committed'],
];
const cells = names.flatMap((name) =>
  (['prepare', 'commit'] as const).flatMap((phase) =>
    faults.map(([fault, behaviour, times, ...ends]) => ({
      name,
      phase,
      fault,
      behaviour,
      times,
      end: ends[phase === 'prepare' ? 0 : 1] as string,
    })),
  ),
);
const atOnce = 8;
const final = ['committed', 'rolled_back', 'undone', 'parked'];

it('each of 48 single faults ends as it must, and the offices agree with the ledger', async () => {
  const { emit, sync, name: tenant, publisher } = await newPublisher();
  const todo = [...cells];
  const wrong: string[] = [];

  async function one({ name, phase, fault, behaviour, times, end }: (typeof cells)[number]) {
    const id = randomUUID();
    await offices.tell(name, { call: phase, behaviour, times, delayMs: 7_000, key: wireOf(tenant, id) });
    await emit(id);
    const { state } = await eventually(
      () => sync(id),
      (seen) => final.includes(seen.state),
    );
    if (state !== end) wrong.push(`${name} ${phase} ${fault}: ${state} instead of ${end}`);
    // The ledger is told by the stream, a moment later.
    const items = await eventually(
      async () => (await publisher('GET', `/api/v1/syncs/${id}/ledger`)).body.items as { system: string; action: string; result: string }[],
      (rows) => ['sync', 'park'].includes(rows.at(-1)?.action ?? ''),
    );
    for (const office of names) {
      const entry = await offices.entry(office, tenant, id);
      const said = (action: string) => items.findLast((row) => row.system === office && row.action === action)?.result === 'success';
      const claimed = said('commit') && !said('rollback');
      if (claimed !== (entry?.state === 'committed'))
        wrong.push(`${name} ${phase} ${fault}: ${office} is ${entry?.state}, the ledger says otherwise`);
      if ((entry?.effects.commit ?? 0) > 1 || (entry?.effects.rollback ?? 0) > 1)
        wrong.push(`${name} ${phase} ${fault}: ${office} did it twice`);
    }
  }
  const worker = async () => {
    for (let cell = todo.pop(); cell; cell = todo.pop()) await one(cell);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  process.stderr.write(`${cells.length} single faults on the deployed stack: ${wrong.length} violations\n`);
  expect(cells).toHaveLength(48);
  expect(wrong).toEqual([]);
}, 600_000);
