import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { outsideTokenOf } from '#domain/syncs/outside-token.ts';
import { eventually } from './running-lockstep.ts';
import { newPublisher, officeNames, offices, unwritable } from './served-offices.ts';
import { type Cell, cells } from './single-faults.ts';

const atOnce = 6;
/** Far longer than a loaded machine needs, so that no fault is mistaken for a passed deadline. */
const deadlineSeconds = 600;
const limitMs = 300_000;
const final = ['committed', 'rolled_back', 'undone', 'parked'];

it('each of 48 single faults leads to its expected end, and the offices’ books agree with the ledger', async () => {
  const { within, sync, comes, name: tenant, publisher } = await newPublisher();
  const todo = [...cells];
  const wrong: string[] = [];

  /** Accepts a sync that will meet the fault, and returns its id. */
  async function sent({ name, orders }: Cell): Promise<string> {
    if (orders.length === 0) {
      const asked = await publisher('POST', '/api/v1/syncs', {
        headers: { 'Idempotency-Key': randomUUID() },
        body: unwritable,
      });
      return String(asked.body.sync_id);
    }
    const { id, ask } = within(deadlineSeconds);
    for (const order of orders) await offices.tell(name, { ...order, key: outsideTokenOf(tenant, id) });
    expect((await ask()).status).toBe(202);
    return id;
  }

  async function one(cell: Cell) {
    const { name, phase, fault, orders, end } = cell;
    const say = (what: string) => wrong.push(`${name} ${phase} ${fault}: ${what}`);
    const id = await sent(cell);
    const { state, decision } = await eventually(
      () => sync(id),
      (seen) => final.includes(seen.state),
      limitMs,
    );
    if (state !== end) say(`${state} instead of ${end}`);
    const { reason = '' } = (decision ?? {}) as { reason?: string };
    if (end === 'rolled_back' && !reason.includes(`${name} refuses`)) say(`it was not that, but: ${reason}`);
    for (const { behaviour } of orders)
      if (!(await offices.met(name, outsideTokenOf(tenant, id), behaviour)))
        say(`${behaviour} was never met`);
    // The ledger follows the stream a moment later.
    const items = await eventually(
      async () =>
        (await publisher('GET', `/api/v1/syncs/${id}/ledger`)).body.items as {
          system: string;
          action: string;
          result: string;
        }[],
      (rows) => ['sync', 'park'].includes(rows.at(-1)?.action ?? ''),
      limitMs,
    );
    // Every fault but a repeat leaves a row that is not a success.
    const felt = items.some(
      ({ system, action, result }) => system === name && action === phase && result !== 'success',
    );
    if (!felt && orders.every(({ behaviour }) => behaviour !== 'repeat')) say('no call met the fault');
    for (const office of officeNames) {
      const entry = await offices.entry(office, tenant, id);
      const said = (action: string) =>
        items.findLast((row) => row.system === office && row.action === action)?.result === 'success';
      const claimed = said('commit') && !said('rollback');
      if (claimed !== (entry?.state === 'committed'))
        say(`${office} is ${entry?.state}, the ledger says otherwise`);
      if ((entry?.effects.commit ?? 0) > 1 || (entry?.effects.rollback ?? 0) > 1)
        say(`${office} did it twice`);
    }
  }
  /** Starts as many processes of each function as the faults will need. */
  const warm = async () => {
    const { id, ask } = within(deadlineSeconds);
    await ask();
    await comes(id, 'committed', limitMs);
  };
  const worker = async () => {
    for (let cell = todo.pop(); cell; cell = todo.pop()) await one(cell);
  };
  await Promise.all(Array.from({ length: atOnce }, warm));
  await Promise.all(Array.from({ length: atOnce }, worker));
  process.stderr.write(`${cells.length} single faults on the deployed stack: ${wrong.length} violations\n`);
  expect(cells).toHaveLength(48);
  expect(wrong).toEqual([]);
}, 1_800_000);
