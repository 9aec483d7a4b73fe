import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { eventually, lockstep, tap } from './running-lockstep.ts';
import { newPublisher, offices } from './served-offices.ts';

const change = { type: 'benefit.adjusted', payload: { state: 'OH', delta_usd: 25 } };
const asked = (body: object = change, key: string = randomUUID(), prefer?: string) => ({
  headers: { 'Idempotency-Key': key, ...(prefer && { Prefer: prefer }) },
  body,
});

describe('a sync', () => {
  it('can be tried in a dry run: plan, requests and costs, and the Idempotency-Key stays free', async () => {
    const { publisher, states } = await newPublisher();
    const key = randomUUID();
    const plan = await publisher('POST', '/api/v1/syncs?dry_run=true', asked(change, key));
    expect(plan).toMatchObject({ status: 200, body: { grade: 'B', estimates: { transitions: 3 } } });
    expect((plan.body.systems as { system: string }[]).map(({ system }) => system)).toEqual([
      'cheques',
      'dashboard',
      'debit',
    ]);
    const sync = await publisher('POST', '/api/v1/syncs', asked(change, key, 'wait=15'));
    expect(sync).toMatchObject({ status: 200, body: { state: 'committed' } });
    const id = String(sync.body.sync_id);
    expect(id[14]).toBe('8');
    expect(await states(id)).toEqual(['committed', 'committed', 'committed']);
    const again = await publisher('POST', '/api/v1/syncs', asked(change, key));
    expect(again.headers.get('idempotent-replayed')).toBe('true');
    expect(
      (
        await publisher(
          'POST',
          '/api/v1/syncs',
          asked({ ...change, payload: { state: 'OH', delta_usd: 26 } }, key),
        )
      ).status,
    ).toBe(422);
  });

  it('is refused for an invalid event, field by field, before anything is done', async () => {
    const { publisher } = await newPublisher();
    const unknown = await publisher('POST', '/api/v1/events', {
      body: { id: randomUUID(), type: 'slot.reserved', payload: {} },
    });
    expect(unknown).toMatchObject({ status: 422, body: { code: 'unknown-event-type' } });
    const wrong = await publisher('POST', '/api/v1/events', {
      body: { id: randomUUID(), ...change, payload: { state: 'Ohio', delta_usd: 25, extra: 1 } },
    });
    expect(wrong).toMatchObject({ status: 422, body: { code: 'payload-invalid' } });
    expect((wrong.body.errors as { pointer: string }[]).map(({ pointer }) => pointer).sort()).toEqual([
      '/payload/extra',
      '/payload/state',
    ]);
    expect((await publisher('POST', '/api/v1/events', { body: { id: 'no-uuid', ...change } })).status).toBe(
      400,
    );
  });

  it('never begins when its undo came first', async () => {
    const { publisher, emit, states } = await newPublisher();
    const id = randomUUID();
    expect((await publisher('POST', `/api/v1/rollbacks/${id}`)).status).toBe(202);
    expect(await emit(id)).toMatchObject({ status: 409, body: { code: 'sync-undone' } });
    expect(await states(id)).toEqual(['absent', 'absent', 'absent']);
  });

  it('is listed, has a ledger whose chain verifies, and a plan of its undo', async () => {
    const { publisher, emit, comes, name } = await newPublisher();
    const id = randomUUID();
    await emit(id);
    await comes(id, 'committed');
    await eventually(
      async () =>
        (await publisher('GET', '/api/v1/syncs?state=committed')).body.items as { sync_id: string }[],
      (items) => items.some(({ sync_id }) => sync_id === id),
    );
    const read = () =>
      publisher('GET', `/api/v1/syncs/${id}/ledger`, { headers: { Accept: 'application/x-ndjson' } });
    const lines = await eventually(read, ({ text }) => text.includes('"action":"sync"'));
    const rows = lines.text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(Object.keys(rows[0])).toEqual(
      expect.arrayContaining(['time', 'event_id', 'system', 'action', 'result', 'attempt', 'prev', 'hash']),
    );
    expect(rows.at(-1)).toMatchObject({ event_id: id, action: 'sync', result: 'success' });
    const ledger = await lockstep('ledger', 'show', id, '--tenant', name, '--json');
    expect(ledger.code, ledger.stderr).toBe(0);
    const plan = await publisher('GET', `/api/v1/rollbacks/${id}/plan`);
    expect(plan.body).toMatchObject({ possible: true, regime: 'after success' });
  });

  it('publishes its end on the bus, a success under both of its names', async () => {
    const { emit, comes, name } = await newPublisher();
    const bus = await tap();
    try {
      const id = randomUUID();
      await emit(id);
      await comes(id, 'committed');
      const mine = () => bus.heard.filter(({ tenant }) => tenant === name).map(({ type }) => type);
      await eventually(mine, (types) =>
        ['sync.accepted', 'sync.committed', 'success'].every((type) => types.includes(type)),
      );
    } finally {
      await bus.close();
    }
  });

  it('is 404 for another tenant, who may use the same id', async () => {
    const { emit, comes } = await newPublisher();
    const other = await newPublisher();
    const id = randomUUID();
    await emit(id);
    await comes(id, 'committed');
    for (const path of [`/api/v1/syncs/${id}`, `/api/v1/syncs/${id}/ledger`])
      expect((await other.publisher('GET', path)).status, path).toBe(404);
    const mine = await other.emit(id, 30);
    expect(mine.status).toBe(202);
    await other.comes(id, 'committed');
    expect((await offices.entry('debit', other.name, id))?.delta_usd).toBe(30);
  });
});
