import { beforeEach, describe, expect, it, vi } from 'vitest';
import * as z from 'zod';
import { handler as notFound } from '#functions/api/not-found.ts';
import { handler as health } from '#functions/api/v1/health.get.ts';
import { handler as reserve } from '#functions/api/v1/slots.[slotId].reservations.post.ts';
import { type Caller, endpoint } from '#lib/endpoint.ts';
import { Problem } from '#lib/problem.ts';
import { ask, requestId } from './proxy-event.ts';

const callers =
  () =>
  async (key: string): Promise<Caller | undefined> => {
    const [, role] = /^lk_(\w+)$/.exec(key) ?? [];
    return role ? { tenant: 'acme', role, keyId: 'k1' } : undefined;
  };
const booker = { Authorization: 'Bearer lk_booker' };
const thing = endpoint({ callers, role: 'booker' }, ({ caller }) => ({ status: 200, etag: 7, modifiedAt: 0, body: { of: caller.tenant } }));
const failing = (error: unknown) =>
  endpoint({}, () => {
    throw error;
  });

beforeEach(() => {
  vi.stubEnv('VERSIONS', 'v1,v2');
  vi.stubEnv('DEPRECATED', '{}');
  vi.stubEnv('ORIGINS', '');
  vi.stubEnv('VERSION', '1.2.3');
  vi.stubEnv('COMMIT', 'abcdef0');
  vi.stubEnv('TABLE', 'Table');
  vi.stubEnv('POWERTOOLS_LOG_LEVEL', 'SILENT');
  return () => vi.unstubAllEnvs();
});

describe('a door', () => {
  it.each([undefined, '', 'Basic lk_booker', 'Bearer', 'Bearer nonsense', 'lk_booker'])(
    'lets nobody in without a key (%o)',
    async (header) => {
      const answer = await ask(thing, { headers: header === undefined ? {} : { Authorization: header } });
      expect(answer).toMatchObject({ status: 401, body: { code: 'unauthenticated' } });
      expect(answer.headers['www-authenticate']).toBe('Bearer realm="lockstep"');
    },
  );

  it('tells a key of another role which one it takes', async () => {
    const answer = await ask(thing, { headers: { Authorization: 'Bearer lk_scheduler' } });
    expect(answer).toMatchObject({ status: 403, body: { code: 'forbidden', detail: expect.stringContaining('booker') } });
  });

  it('reads headers whatever their case, and the scheme too', async () => {
    for (const headers of [booker, { AUTHORIZATION: 'bearer  lk_booker' }, { authorization: 'BEARER lk_booker' }])
      expect(await ask(thing, { headers: headers as Record<string, string> })).toMatchObject({ status: 200, body: { of: 'acme' } });
  });

  it('reads nothing of a request that may not be made', async () => {
    const answer = await ask(reserve, { method: 'POST', path: '/api/v1/slots/x/reservations', body: '{', pathParameters: { slotId: 'x' } });
    expect(answer).toMatchObject({ status: 401 });
  });

  it('asks for an Idempotency-Key before it looks at the rest', async () => {
    const keyed = endpoint({ callers, keyed: true }, ({ key }) => ({ status: 200, body: { key } }));
    expect(await ask(keyed, { method: 'POST', headers: booker })).toMatchObject({ status: 400, body: { code: 'idempotency-key-missing' } });
    expect(await ask(keyed, { method: 'POST', headers: { ...booker, 'Idempotency-Key': '"k"' } })).toMatchObject({ body: { key: 'k' } });
  });

  it('answers a caller who has the newest with 304 and no body', async () => {
    const fresh = await ask(thing, { headers: booker });
    expect(fresh.headers).toMatchObject({
      etag: '"7"',
      'last-modified': 'Thu, 01 Jan 1970 00:00:00 GMT',
      'cache-control': 'private, no-cache',
    });
    const seen = await ask(thing, { headers: { ...booker, 'If-None-Match': '"7"' } });
    expect(seen).toMatchObject({ status: 304, text: '', headers: { etag: '"7"' } });
  });

  it('refuses a field that it does not know, by name, in body, query and path', async () => {
    const strict = endpoint({ path: z.strictObject({ id: z.string() }), body: z.strictObject({ a: z.int() }) }, () => ({
      status: 200,
      body: {},
    }));
    const given = { method: 'POST', headers: { 'Content-Type': 'application/json' }, pathParameters: { id: '1' } };
    expect((await ask(strict, { ...given, body: '{"a":1,"b":2}' })).body.errors).toMatchObject([{ pointer: '/b' }]);
    expect((await ask(strict, { ...given, body: '{"a":1}', query: { b: ['1'] } })).body.errors).toMatchObject([{ pointer: 'query.b' }]);
    expect((await ask(strict, { ...given, body: '{"a":1}', pathParameters: {} })).body.errors).toMatchObject([{ pointer: 'path.id' }]);
    expect(await ask(strict, { ...given, body: '{"a":1}' })).toMatchObject({ status: 200 });
  });
});

describe('a problem', () => {
  it('is problem+json with a stable type and code, when to ask again, and the request', async () => {
    const answer = await ask(failing(new Problem('slot-taken', { detail: 'Try another slot.', retryAfter: 0.2 })));
    expect(answer.body).toEqual({
      type: 'urn:problem-type:lockstep:slot-taken',
      title: 'Slot taken',
      status: 409,
      code: 'slot-taken',
      detail: 'Try another slot.',
      instance: `urn:request:${requestId}`,
    });
    expect(answer).toMatchObject({
      status: 409,
      headers: { 'content-type': 'application/problem+json', 'retry-after': '1', 'cache-control': 'no-store' },
    });
  });

  it.each([
    ['an error of ours', new Error('secret table acme#access', { cause: new Error('secret cause') })],
    ['a problem’s cause', new Problem('check-unavailable', { cause: new Error('secret address 10.0.0.1') })],
    ['something that is no error', 'secret word'],
    ['an error that pretends to be an answer', Object.assign(new Error('secret'), { statusCode: 200, expose: true })],
  ])('never tells of %s', async (_, error) => {
    const answer = await ask(failing(error));
    expect(answer.status).toBeGreaterThanOrEqual(500);
    expect(answer.headers['content-type']).toBe('application/problem+json');
    expect(JSON.stringify(answer)).not.toMatch(/secret|stack|10\.0\.0\.1/);
  });

  it('of AWS being away is 503 and worth another try', async () => {
    const away = Object.assign(new Error('secret throttle'), { $metadata: {} });
    expect(await ask(failing(away))).toMatchObject({ status: 503, body: { code: 'unavailable' }, headers: { 'retry-after': '1' } });
  });
});

describe('every answer', () => {
  it('names the API version that it was asked by, and one that is not there', async () => {
    expect((await ask(health, { path: '/api/v1/health' })).headers['api-version']).toBe('v1');
    expect((await ask(health, { path: '/api/v2/health' })).headers['api-version']).toBe('v2');
    const none = await ask(notFound, { method: 'PATCH', path: '/nowhere', body: '{', query: { a: ['1', '2'] } });
    expect(none).toMatchObject({ status: 404, body: { code: 'route-not-found', detail: 'No PATCH here. There are /api/v1 and /api/v2.' } });
    expect(none.headers['api-version']).toBe('v2');
  });

  it('carries the request id and a trace: the caller’s, or a new one', async () => {
    const trace = '4bf92f3577b34da6a3ce929d0e0e4736';
    const { headers } = await ask(health, { headers: { traceparent: `00-${trace}-00f067aa0ba902b7-01` } });
    expect(headers['x-request-id']).toBe(requestId);
    expect(headers.traceparent).toMatch(new RegExp(`^00-${trace}-[0-9a-f]{16}-01$`));
    expect(headers.traceparent).not.toContain('00f067aa0ba902b7');
    for (const bad of ['', 'x', `00-${'0'.repeat(32)}-00f067aa0ba902b7-01`, `ff-${trace}-00f067aa0ba902b7-01`])
      expect((await ask(health, { headers: { traceparent: bad } })).headers.traceparent).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/);
  });

  it('of a version on its way out says since when, until when and what comes next', async () => {
    vi.stubEnv('DEPRECATED', '{"v1":{"since":"2027-01-01","sunset":"2027-07-01"}}');
    expect((await ask(health, { path: '/api/v1/health' })).headers).toMatchObject({
      deprecation: '@1798761600',
      sunset: 'Thu, 01 Jul 2027 00:00:00 GMT',
      link: '</api/v2/health>; rel="successor-version"',
    });
    expect((await ask(health, { path: '/api/v2/health' })).headers).not.toHaveProperty('deprecation');
  });

  it('of a version on its way out keeps the link to the next page beside the one to the next version', async () => {
    vi.stubEnv('DEPRECATED', '{"v1":{"since":"2027-01-01"}}');
    const list = endpoint({}, () => ({ status: 200, body: {}, headers: { Link: '</api/v1/things?cursor=x>; rel="next"' } }));
    const { link } = (await ask(list)).headers;
    expect(link).toContain('rel="next"');
    expect(link).toContain('rel="successor-version"');
  });

  it('can be read by a page of a listed origin, and by no other', async () => {
    vi.stubEnv('ORIGINS', 'https://a.example,https://b.example');
    const of = async (origin: string) => (await ask(failing(new Error('x')), { headers: { Origin: origin } })).headers;
    expect(await of('https://b.example')).toMatchObject({ 'access-control-allow-origin': 'https://b.example', vary: 'Origin' });
    for (const other of ['https://c.example', 'null', 'https://a.example.evil', ''])
      expect(await of(other), other).not.toHaveProperty('access-control-allow-origin');
    const { headers, status, text } = await ask(notFound, { method: 'OPTIONS', headers: { Origin: 'https://a.example' } });
    expect([status, text]).toEqual([204, '']);
    expect(headers['access-control-allow-headers']).toContain('Idempotency-Key');
  });

  it('is given although the gateway’s own console sends no headers at all', async () => {
    expect(await ask(health, { headers: null })).toMatchObject({
      status: 200,
      body: { status: 'ok', version: '1.2.3', commit: 'abcdef0' },
    });
    expect(await ask(thing, { headers: null })).toMatchObject({ status: 401 });
  });
});
