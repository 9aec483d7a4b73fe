import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { outsideTokenOf } from '#domain/syncs/outside-token.ts';
import { eventually, lockstep } from './running-lockstep.ts';
import { newPublisher, offices } from './served-offices.ts';
import { ticketOf } from './tickets.ts';

type Plan = {
  digest: string;
  conflicts: { sync_id: string; state: string; examples: string[] }[];
  conflicts_complete: boolean;
};
const gone = ['rolled-back', 'rolled-back', 'rolled-back'];

/**
 * `count` syncs for one state in sequence, each committed before the next. `plan` waits until the
 * undo plan has `later` conflicts.
 */
async function conflictingSyncs(count: number) {
  const tenant = await newPublisher();
  const raise = async (usd: number) => {
    const id = randomUUID();
    await tenant.emit(id, usd);
    await tenant.comes(id, 'committed');
    return id;
  };
  const ids: string[] = [];
  for (let n = 1; n <= count; n++) ids.push(await raise(n));
  const plan = async (id: string, later: number) => {
    const answer = await eventually(
      () => tenant.publisher('GET', `/api/v1/rollbacks/${id}/plan`),
      ({ body }) => (body as Plan).conflicts.length === later,
    );
    return { ...(answer.body as Plan), etag: answer.headers.get('etag') ?? '' };
  };
  const undo = (id: string, body?: object, headers: Record<string, string> = {}) =>
    tenant.publisher('POST', `/api/v1/rollbacks/${id}`, { headers, ...(body && { body }) });
  return { ...tenant, ids: ids as [string, string, ...string[]], raise, plan, undo };
}

describe('a sync that later syncs build upon', () => {
  it('is not undone alone: the plan names them, and a cascade undoes them first, latest first', async () => {
    const { ids, raise, plan, undo, sync, comes, states, publisher } = await conflictingSyncs(2);
    const [first, second] = ids;
    const early = await plan(first, 1);
    expect(early.conflicts).toMatchObject([{ sync_id: second, state: 'committed', examples: ['state'] }]);
    const third = await raise(3);
    const now = await plan(first, 2);
    expect(`"${now.digest}"`).toBe(now.etag);

    expect(await undo(first)).toMatchObject({
      status: 409,
      body: { code: 'undo-conflicts', detail: expect.stringContaining(third) },
    });
    expect(await undo(first, { later: 'cascade' })).toMatchObject({
      status: 428,
      body: { code: 'precondition-required' },
    });
    expect(await undo(first, { later: 'cascade', plan: early.digest })).toMatchObject({
      status: 412,
      body: { code: 'precondition-failed' },
    });
    expect(await undo(first, { later: 'everything' })).toMatchObject({
      status: 400,
      body: { errors: [{ pointer: '/later' }] },
    });

    const asked = await undo(first, { later: 'cascade' }, { 'If-Match': now.etag });
    expect(asked).toMatchObject({ status: 202, body: { sync_id: first } });
    const waiting = await sync(first);
    expect(waiting.undo_asked_at).toBe(asked.body.asked_at);
    for (const id of [third, second, first]) await comes(id, 'undone');
    expect((await undo(first)).text).toBe(asked.text);
    for (const id of [third, second, first]) expect(await states(id)).toEqual(gone);

    const ended = async (id: string) => Date.parse(String((await sync(id)).ended_at));
    const turned = async (id: string) => Date.parse(((await sync(id)).decision as { at: string }).at);
    expect(await turned(second)).toBeGreaterThanOrEqual(await ended(third));
    expect(await turned(first)).toBeGreaterThanOrEqual(await ended(second));
    const { items } = (await publisher('GET', `/api/v1/syncs/${second}/ledger`)).body as {
      items: { action: string; detail?: string }[];
    };
    expect(items.find(({ action }) => action === 'undo')?.detail).toContain(`so that ${first} can be undone`);
  }, 150_000);

  it('can be undone alone from the command line with --net; the later ones stay committed', async () => {
    const { ids, plan, comes, states, name } = await conflictingSyncs(2);
    const [first, second] = ids;
    await plan(first, 1);
    const shown = await lockstep('rollback', first, '--tenant', name, '--plan');
    expect(shown.stdout).toContain(second);
    const refused = await lockstep('rollback', first, '--tenant', name);
    expect([refused.code, refused.stderr.includes(second)]).toEqual([1, true]);
    const taken = await lockstep('rollback', first, '--tenant', name, '--net');
    expect(taken.code, taken.stderr).toBe(0);
    await comes(first, 'undone');
    expect([await states(first), await states(second)]).toEqual([
      gone,
      ['committed', 'committed', 'committed'],
    ]);
  }, 150_000);

  it('waits in a cascade for a later one with a ticket, names it, and continues after the operator’s retry', async () => {
    const { ids, plan, undo, sync, comes, states, operator, name } = await conflictingSyncs(2);
    const [first, second] = ids;
    await offices.tell('debit', {
      call: 'rollback',
      behaviour: 'refuse',
      times: 3,
      key: outsideTokenOf(name, second),
    });
    const { digest } = await plan(first, 1);
    expect((await undo(first, { plan: digest, later: 'cascade' })).status).toBe(202);
    await comes(second, 'parked');
    expect(await sync(first)).toMatchObject({
      state: 'committed',
      undo_asked_at: expect.any(String),
      undo_waits_for: [second],
    });
    const ticket = await ticketOf(operator, second);
    const act = {
      headers: { 'If-Match': ticket.etag },
      body: { action: 'retry', reason: 'the vendor has fixed it' },
    };
    expect((await operator('POST', `/ops/v1/tickets/${ticket.ticket_id}/actions`, act)).status).toBe(200);
    await comes(first, 'undone');
    expect([await states(second), await states(first)]).toEqual([gone, gone]);
    expect(await sync(first)).not.toHaveProperty('undo_waits_for');
  }, 150_000);
});
