import { describe, expect, inject, it } from 'vitest';
import { described, eventually, newSlot, newTenant, type Tenant } from './running-lockstep.ts';

describe('a slot’s version', () => {
  it('must be named by a change: 428 without If-Match, 412 with an outdated one', async () => {
    const { scheduler, path } = await newSlot();
    const put = (headers: Record<string, string>) =>
      scheduler('PUT', path, { headers, body: { ...described, site: 'Harbour' } });
    expect(await put({})).toMatchObject({ status: 428, body: { code: 'precondition-required' } });
    expect(await put({ 'If-None-Match': '*' })).toMatchObject({ status: 412 });
    const changed = await put({ 'If-Match': '"1"' });
    expect(changed).toMatchObject({ status: 200, body: { site: 'Harbour' } });
    expect(changed.headers.get('etag')).toBe('"2"');
    for (const stale of ['"1"', '"7"', 'W/"2"', '2'])
      expect(await put({ 'If-Match': stale })).toMatchObject({ status: 412 });
    expect((await put({ 'If-Match': '"2", "9"' })).headers.get('etag')).toBe('"3"');
  });

  it('that the caller has already is answered with 304', async () => {
    const { booker, path } = await newSlot();
    const seen = await booker('GET', path);
    const [etag, modified] = [seen.headers.get('etag') ?? '', seen.headers.get('last-modified') ?? ''];
    for (const headers of [
      { 'If-None-Match': etag },
      { 'If-None-Match': `"0", W/${etag}` },
      { 'If-Modified-Since': modified },
    ]) {
      const again = await booker('GET', path, { headers: headers as Record<string, string> });
      expect(again).toMatchObject({ status: 304, text: '' });
      expect(again.headers.get('etag')).toBe(etag);
    }
    expect((await booker('GET', path, { headers: { 'If-None-Match': '"0"' } })).status).toBe(200);
  });

  it('can be awaited with wait=: the answer comes with the change, or as 304 at the end of the wait', async () => {
    const { booker, scheduler, path } = await newSlot();
    const wait = (seconds: number, etag: string) =>
      booker('GET', `${path}?wait=${seconds}`, { headers: { 'If-None-Match': etag } });
    expect((await wait(1, '"1"')).status).toBe(304);
    const waiting = wait(20, '"1"');
    await scheduler('PUT', path, { headers: { 'If-Match': '"1"' }, body: { ...described, site: 'Harbour' } });
    expect(await waiting).toMatchObject({ status: 200, body: { site: 'Harbour' } });
  });
});

describe('the list of slots', () => {
  const fill = async ({ scheduler, booker }: Tenant, slots: number[]) => {
    for (const slot of slots)
      await scheduler('PUT', `/api/v1/slots/${slot}`, {
        body: { ...described, site: slot % 2 ? 'Odd' : 'Even' },
      });
    await eventually(
      () => booker('GET', '/api/v1/slots?limit=100'),
      ({ body }) => (body.items as unknown[]).length === slots.length,
    );
  };
  const ids = (body: Record<string, unknown>) =>
    (body.items as { slot_id: number }[]).map(({ slot_id }) => slot_id);

  it('comes in pages, linked by cursors and sorted by slot number', async () => {
    const { baseUrl } = inject('running');
    const tenant = await newTenant();
    await fill(tenant, [9, 10, 100, 2, 5]);
    const seen: number[] = [];
    for (let path: string | undefined = '/api/v1/slots?limit=2'; path; ) {
      const { body, headers } = await tenant.booker('GET', path);
      seen.push(...ids(body));
      const link = /^<(.+)>; rel="next"$/.exec(headers.get('link') ?? '')?.[1];
      expect(link === undefined).toBe(body.next_cursor === undefined);
      path = link && new URL(link, `${baseUrl}${path}`).href.slice(baseUrl.length);
    }
    expect(seen).toEqual([2, 5, 9, 10, 100]);
  });

  it('is filtered by site and availability, with an ETag', async () => {
    const tenant = await newTenant();
    await fill(tenant, [1, 2, 3]);
    await tenant.booker('POST', '/api/v1/slots/1/reservations', { headers: { 'Idempotency-Key': 'one' } });
    const free = await eventually(
      () => tenant.booker('GET', '/api/v1/slots?available=true'),
      ({ body }) => ids(body).length === 2,
    );
    expect(ids(free.body)).toEqual([2, 3]);
    expect(ids((await tenant.booker('GET', '/api/v1/slots?available=false')).body)).toEqual([1]);
    expect(ids((await tenant.booker('GET', '/api/v1/slots?available=true&site=Odd')).body)).toEqual([3]);
    const headers = { 'If-None-Match': free.headers.get('etag') ?? '' };
    expect((await tenant.booker('GET', '/api/v1/slots?available=true', { headers })).status).toBe(304);
  });

  it('refuses a cursor of another list, another filter or another tenant', async () => {
    const [mine, other] = await Promise.all([newTenant(), newTenant()]);
    await Promise.all([fill(mine, [1, 2, 3]), fill(other, [1, 2, 3])]);
    const cursor = String((await mine.booker('GET', '/api/v1/slots?limit=1')).body.next_cursor);
    expect(ids((await mine.booker('GET', `/api/v1/slots?cursor=${cursor}`)).body)).toEqual([2, 3]);
    for (const answer of [
      await other.booker('GET', `/api/v1/slots?cursor=${cursor}`),
      await mine.booker('GET', `/api/v1/slots?site=Odd&cursor=${cursor}`),
      await mine.booker('GET', `/api/v1/reservations?cursor=${cursor}`),
    ])
      expect(answer).toMatchObject({ status: 400, body: { code: 'cursor-invalid' } });
  });
});
