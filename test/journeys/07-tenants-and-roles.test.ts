import { describe, expect, it } from 'vitest';
import { callerOf } from '#examples/labs/caller.ts';
import {
  described,
  eventually,
  lockstep,
  newSlot,
  newTenant,
  running,
  withoutKey,
} from './running-lockstep.ts';

describe('a caller', () => {
  it('is authenticated by an API key and nothing else: 401 with WWW-Authenticate', async () => {
    const { keys, name, path } = await newSlot();
    const made = `lk_${name}_${'A'.repeat(43)}`;
    const almost = `${keys.booker.slice(0, -1)}${keys.booker.endsWith('A') ? 'B' : 'A'}`;
    for (const authorization of [
      undefined,
      'Basic YTpi',
      'Bearer',
      'Bearer nonsense',
      `Bearer ${made}`,
      `Bearer ${almost}`,
      keys.booker,
    ]) {
      const answer = await withoutKey('GET', path, { headers: authorization ? { authorization } : {} });
      expect(answer, String(authorization)).toMatchObject({ status: 401, body: { code: 'unauthenticated' } });
      expect(answer.headers.get('www-authenticate')).toBe('Bearer realm="lockstep"');
    }
  });

  it('may do what its role allows: otherwise 403, before any other check', async () => {
    const { booker, scheduler, path } = await newSlot();
    const forbidden = { status: 403, body: { code: 'forbidden' } };
    expect(await booker('PUT', path, { headers: { 'If-Match': '"1"' }, body: described })).toMatchObject(
      forbidden,
    );
    expect(
      await scheduler('POST', `${path}/reservations`, { headers: { 'Idempotency-Key': 'mine' } }),
    ).toMatchObject(forbidden);
    expect(await scheduler('DELETE', '/api/v1/reservations/nonsense')).toMatchObject(forbidden);
    expect((await scheduler('GET', path)).status).toBe(200);
  });

  it('is refused once its key is revoked, when no function has it cached any more', async () => {
    const { name, booker, path } = await newSlot();
    const { stdout } = await lockstep('keys', 'create', '--tenant', name, '--role', 'booker', '--json');
    const { id, key } = JSON.parse(stdout);
    const caller = callerOf(running.baseUrl, key);
    expect((await caller('GET', path)).status).toBe(200);
    expect((await lockstep('keys', 'revoke', '--tenant', name, id)).code).toBe(0);
    await eventually(
      () => caller('GET', path),
      ({ status }) => status === 401,
    );
    expect((await booker('GET', path)).status).toBe(200);
  });
});

describe('another tenant’s slots and reservations', () => {
  it('are 404 for every method', async () => {
    const mine = await newSlot();
    const other = await newTenant();
    const id = (await mine.reserve('mine')).body.reservation_id;
    const etag = (await mine.booker('GET', mine.path)).headers.get('etag') ?? '';
    const asked = [
      other.booker('GET', mine.path),
      other.booker('GET', mine.path, { headers: { 'If-None-Match': etag } }),
      other.booker('GET', `${mine.path}?wait=1`, { headers: { 'If-None-Match': etag } }),
      other.booker('POST', `${mine.path}/reservations`, { headers: { 'Idempotency-Key': 'mine' } }),
      other.booker('GET', `/api/v1/reservations/${id}`),
      other.booker('DELETE', `/api/v1/reservations/${id}`),
      other.booker('DELETE', `/api/v1/reservations/${id}`, { headers: { 'If-Match': '*' } }),
    ];
    for (const answer of await Promise.all(asked))
      expect(answer).toMatchObject({ status: 404, body: { code: 'not-found' } });
    const theirs = await other.scheduler('PUT', mine.path, {
      headers: { 'If-Match': etag },
      body: described,
    });
    expect(theirs.status).toBe(412);
    expect((await mine.booker('GET', `/api/v1/reservations/${id}`)).body.state).toBe('booked');
  });

  it('have Idempotency-Keys and slot numbers of their own', async () => {
    const [mine, other] = await Promise.all([newSlot(), newSlot()]);
    const [first, second] = [await mine.reserve('abc123'), await other.reserve('abc123')];
    expect([first.status, second.status]).toEqual([200, 200]);
    expect(second.body.reservation_id).not.toBe(first.body.reservation_id);
    expect(second.headers.get('idempotent-replayed')).toBeNull();
  });

  it('are on no list and no board of this tenant', async () => {
    const [mine, other] = await Promise.all([newSlot(), newTenant()]);
    await mine.reserve('mine');
    await eventually(
      () => mine.booker('GET', '/api/v1/reservations'),
      ({ body }) => (body.items as unknown[]).length === 1,
    );
    expect((await other.booker('GET', '/api/v1/reservations')).body).toEqual({ items: [] });
    expect((await other.booker('GET', '/api/v1/slots')).body).toEqual({ items: [] });
    expect((await other.booker('GET', '/api/v1/board')).body).toEqual({ sites: [] });
  });
});
