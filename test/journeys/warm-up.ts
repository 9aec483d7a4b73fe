import { randomUUID } from 'node:crypto';
import { type Caller, callerOf } from '#examples/labs/caller.ts';
import { eventually } from '#examples/labs/eventually.ts';
import { issueKey } from '#local/issue-key.ts';
import type { Running } from '#local/running.ts';
import { storeOf } from '#local/store-of.ts';

/** A sync that was committed and undone before the first journey, and its tenant. */
export type Undone = { tenant: string; id: string };

/**
 * Starts the functions that most journeys use, before a journey waits for them. The undone sync
 * is minutes old when a journey asks for its evidence.
 */
export async function warmUp(running: Running): Promise<Undone> {
  const tenant = `t${randomUUID().replaceAll('-', '').slice(0, 12)}`;
  const store = storeOf(running);
  const as = async (role: 'booker' | 'publisher' | 'scheduler') =>
    callerOf(running.baseUrl, await issueKey(store, tenant, role));
  const [booker, publisher, scheduler] = [await as('booker'), await as('publisher'), await as('scheduler')];
  const [undone] = await Promise.all([undoneSync(publisher), bookedSlot(booker, scheduler)]);
  return { tenant, id: undone };
}

const limitMs = 240_000;

async function undoneSync(publisher: Caller): Promise<string> {
  const asked = await publisher('POST', '/api/v1/syncs', {
    headers: { 'Idempotency-Key': randomUUID() },
    body: {
      type: 'benefit.adjusted',
      payload: { state: 'OH', delta_usd: 25 },
      deadline: new Date(Date.now() + limitMs).toISOString(),
    },
  });
  const id = String(asked.body.sync_id);
  const comes = (state: string) =>
    eventually(
      () => publisher('GET', `/api/v1/syncs/${id}`),
      ({ body }) => body.state === state,
      limitMs,
    );
  await comes('committed');
  await publisher('POST', `/api/v1/rollbacks/${id}`);
  await comes('undone');
  return id;
}

async function bookedSlot(booker: Caller, scheduler: Caller): Promise<void> {
  const path = '/api/v1/slots/1';
  const body = { site: 'Main Street Clinic', starts_at: '2027-01-15T09:00:00.000Z' };
  const headers = { 'Idempotency-Key': randomUUID() };
  await scheduler('PUT', path, { body });
  await eventually(
    () => booker('POST', `${path}/reservations`, { headers }),
    ({ status }) => status === 200,
    limitMs,
  );
}
