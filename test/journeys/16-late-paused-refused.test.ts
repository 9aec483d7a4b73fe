import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { outsideTokenOf } from '#domain/syncs/outside-token.ts';
import { callerOf } from '#examples/labs/caller.ts';
import { issueKey } from '#local/issue-key.ts';
import { eventually, running, store } from './running-lockstep.ts';
import { newPublisher, offices } from './served-offices.ts';
import { ticketOf } from './tickets.ts';

describe('a late answer', () => {
  it('comes by a hook with that system’s own credential, and the sync continues', async () => {
    const { emit, comes, name, publisher } = await newPublisher();
    const id = randomUUID();
    await offices.tell('dashboard', {
      call: 'prepare',
      behaviour: 'ongoing',
      delayMs: 1_000,
      key: outsideTokenOf(name, id),
      times: 100,
    });
    await emit(id);
    await eventually(
      () => offices.entry('dashboard', name, id),
      (entry) => entry?.state === 'reserved',
    );
    const dashboard = callerOf(running.baseUrl, await issueKey(store, name, 'system', 'dashboard'));
    const debit = callerOf(running.baseUrl, await issueKey(store, name, 'system', 'debit'));
    const said = { body: { event_id: outsideTokenOf(name, id), phase: 'prepare', result: 'yes' } };
    expect((await publisher('POST', '/hooks/v1/dashboard', said)).status).toBe(403);
    expect((await debit('POST', '/hooks/v1/dashboard', said)).status).toBe(403);
    const first = await dashboard('POST', '/hooks/v1/dashboard', said);
    expect(first.status).toBe(200);
    expect((await dashboard('POST', '/hooks/v1/dashboard', said)).text).toBe(first.text);
    expect(
      (await dashboard('POST', '/hooks/v1/dashboard', { body: { ...said.body, result: 'no' } })).status,
    ).toBe(409);
    await comes(id, 'committed');
  });
});

describe('an operator', () => {
  it('pauses a system: it is not called until it is resumed, and then the sync continues', async () => {
    const { emit, comes, operator, name } = await newPublisher();
    const id = randomUUID();
    expect(
      (await operator('POST', '/ops/v1/systems/debit/pause', { body: { reason: 'maintenance' } })).body,
    ).toMatchObject({
      state: 'paused',
    });
    try {
      await new Promise((done) => setTimeout(done, 1_500));
      await emit(id);
      await eventually(
        () => offices.entry('cheques', name, id),
        (entry) => entry?.state === 'reserved',
      );
      expect(await offices.entry('debit', name, id)).toBeUndefined();
    } finally {
      await operator('POST', '/ops/v1/systems/debit/resume', { body: { reason: 'done' } });
    }
    await comes(id, 'committed');
  });

  it('forces the rollback after a refused commit, and the ledger has the reason', async () => {
    const { emit, comes, operator, publisher, name, states } = await newPublisher();
    const id = randomUUID();
    await offices.tell('debit', {
      call: 'commit',
      behaviour: 'refuse',
      times: 100,
      key: outsideTokenOf(name, id),
    });
    await emit(id);
    await comes(id, 'parked');
    const ticket = await ticketOf(operator, id);
    const act = { action: 'force-rollback', reason: 'the vendor has closed the account' };
    const missing = await operator('POST', `/ops/v1/tickets/${ticket.ticket_id}/actions`, { body: act });
    expect(missing.status).toBe(428);
    expect(
      (
        await operator('POST', `/ops/v1/tickets/${ticket.ticket_id}/actions`, {
          headers: { 'If-Match': ticket.etag },
          body: act,
        })
      ).status,
    ).toBe(200);
    await comes(id, 'undone');
    const left = await states(id);
    expect(left.filter((state) => state === 'committed' || state === 'reserved')).toEqual([]);
    const items = await eventually(
      async () =>
        (await publisher('GET', `/api/v1/syncs/${id}/ledger`)).body.items as {
          action: string;
          detail?: string;
        }[],
      (rows) => rows.at(-1)?.action === 'sync',
    );
    expect(items.find(({ action }) => action === 'operator.force-rollback')?.detail).toContain(
      'closed the account',
    );
  });
});
