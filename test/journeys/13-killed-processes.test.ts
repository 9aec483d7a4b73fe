import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { stopExecution, watchedUntil } from './executions.ts';
import { killOnce } from './kill-once.ts';
import { eventually } from './running-lockstep.ts';
import { newPublisher, officeNames, offices } from './served-offices.ts';
import { type Ticket, ticketOf } from './tickets.ts';

/** Short enough to pass: the dead system gives no vote before this deadline. */
const shortSeconds = 15;

describe('when a system dies', () => {
  it('before prepare, the others roll back, a ticket names the rest, and the sync ends once it is back', async () => {
    const { within, comes, states, operator } = await newPublisher();
    const { id, ask } = within(shortSeconds);
    await offices.kill('dashboard');
    let ticket: Ticket;
    try {
      await ask();
      const sync = await comes(id, 'parked');
      expect(sync.decision).toMatchObject({
        to: 'abort',
        reason: expect.stringContaining('without a yes: dashboard'),
      });
      ticket = await ticketOf(operator, id);
    } finally {
      await offices.revive('dashboard');
    }
    expect(ticket).toMatchObject({
      cause: expect.stringContaining('dashboard'),
      next_safe_action: expect.stringContaining('then retry'),
    });
    await operator('POST', '/ops/v1/systems/dashboard/resume', { body: { reason: 'it is back' } });
    await comes(id, 'rolled_back');
    expect(await states(id)).toEqual(['absent', 'rolled-back', 'rolled-back']);
    const left = await eventually(
      () => ticketOf(operator, id),
      ({ cause }) => cause.includes('rolled back'),
    );
    const done = {
      headers: { 'If-Match': left.etag },
      body: { action: 'mark-done', reason: 'sent again under another id' },
    };
    expect((await operator('POST', `/ops/v1/tickets/${left.ticket_id}/actions`, done)).status).toBe(200);
    expect(await ticketOf(operator, id, 'closed')).toMatchObject({ state: 'closed' });
  }, 150_000);

  it('during commit, the others stay committed, a ticket says so, and a retry commits once it is back', async () => {
    const { emit, comes, states, operator } = await newPublisher();
    const id = randomUUID();
    await offices.tell('debit', { call: 'commit', behaviour: 'die' });
    let ticket: Ticket;
    try {
      await emit(id);
      await comes(id, 'parked');
      ticket = await ticketOf(operator, id);
    } finally {
      await offices.revive('debit');
    }
    expect(ticket.cause).toContain('debit could not be brought to an answer');
    expect(ticket.safe_actions.map(({ action }) => action)).toEqual(
      expect.arrayContaining(['retry', 'force-rollback', 'mark-done']),
    );
    expect(await states(id)).toEqual(['absent', 'committed', 'committed']);

    const act = (etag: string) =>
      operator('POST', `/ops/v1/tickets/${ticket.ticket_id}/actions`, {
        headers: { 'If-Match': etag },
        body: { action: 'retry', reason: 'debit is back' },
      });
    expect((await act('"0.0"')).status).toBe(412);
    expect((await act(ticket.etag)).status).toBe(200);
    await comes(id, 'committed');
    expect(await states(id)).toEqual(['committed', 'committed', 'committed']);
    expect(await ticketOf(operator, id, 'closed')).toMatchObject({ state: 'closed' });
  }, 150_000);

  it('after prepare, the others roll back, and retry-now wakes the sync once it is back', async () => {
    const { within, comes, states, operator } = await newPublisher();
    const { id, ask } = within(shortSeconds);
    await offices.tell('cheques', { call: 'write', behaviour: 'die-after' });
    try {
      await ask();
      await comes(id, 'parked');
    } finally {
      await offices.revive('cheques');
    }
    expect(await states(id)).toEqual(['absent', 'reserved', 'rolled-back']);
    const woken = await operator('POST', '/ops/v1/systems/cheques/retry-now', {
      body: { reason: 'the printer is back' },
    });
    expect(woken.status).toBe(200);
    await comes(id, 'rolled_back');
    expect(await states(id)).toEqual(['absent', 'rolled-back', 'rolled-back']);
  }, 200_000);
});

describe('when a process of Lockstep dies', () => {
  it.each(['prepare', 'commit'] as const)(
    'in the middle of its calls (%s), the sync commits once in every system',
    async (phase) => {
      const { emit, comes, states, name } = await newPublisher();
      const id = randomUUID();
      const mortal = await killOnce(`functions/saga/${phase}.ts`, 4);
      let killed = false;
      try {
        await emit(id);
        await comes(id, 'committed');
      } finally {
        killed = await mortal.undo();
      }
      expect(killed).toBe(true);
      expect(await states(id)).toEqual(['committed', 'committed', 'committed']);
      for (const office of officeNames)
        expect((await offices.entry(office, name, id))?.effects).toMatchObject({ commit: 1, rollback: 0 });
    },
    150_000,
  );

  it('or an execution is stopped, the watchdog starts another execution', async () => {
    const { emit, sync, states, name } = await newPublisher();
    const id = randomUUID();
    await offices.tell('cheques', { call: 'process', behaviour: 'ongoing', delayMs: 3_000 });
    await emit(id);
    await stopExecution(name, id);
    await watchedUntil(
      () => sync(id),
      ({ state }) => state === 'committed',
    );
    expect(await states(id)).toEqual(['committed', 'committed', 'committed']);
  }, 150_000);
});
