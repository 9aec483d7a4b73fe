import { beforeEach, describe, expect, it, vi } from 'vitest';
import { handler as notFound } from '#functions/api/not-found.ts';
import { handler as health } from '#functions/api/v1/health.get.ts';
import { endpoint } from '#lib/http/endpoint.ts';
import { stubDoor } from './door-environment.ts';
import { ask, requestId } from './proxy-event.ts';

const failing = endpoint({ trust: 'open' }, () => {
  throw new Error('x');
});
const closed = endpoint({ trust: 'tenant', callers: () => async () => undefined }, () => ({ status: 200 }));

beforeEach(stubDoor);

describe('every answer of the API', () => {
  it('carries API-Version: the version of its route, or the newest where there is no route', async () => {
    expect((await ask(health, { path: '/api/v1/health' })).headers['api-version']).toBe('v1');
    expect((await ask(health, { path: '/api/v2/health' })).headers['api-version']).toBe('v2');
    const none = await ask(notFound, {
      method: 'PATCH',
      path: '/nowhere',
      body: '{',
      query: { a: ['1', '2'] },
    });
    expect(none).toMatchObject({
      status: 404,
      body: { code: 'route-not-found', detail: 'No PATCH here. There are /api/v1 and /api/v2.' },
    });
    expect(none.headers['api-version']).toBe('v2');
  });

  it('carries the request id, and the caller’s trace or a new one', async () => {
    const trace = '4bf92f3577b34da6a3ce929d0e0e4736';
    const { headers } = await ask(health, { headers: { traceparent: `00-${trace}-00f067aa0ba902b7-01` } });
    expect(headers['x-request-id']).toBe(requestId);
    expect(headers.traceparent).toMatch(new RegExp(`^00-${trace}-[0-9a-f]{16}-01$`));
    expect(headers.traceparent).not.toContain('00f067aa0ba902b7');
    for (const bad of [
      '',
      'x',
      `00-${'0'.repeat(32)}-00f067aa0ba902b7-01`,
      `ff-${trace}-00f067aa0ba902b7-01`,
    ])
      expect((await ask(health, { headers: { traceparent: bad } })).headers.traceparent).toMatch(
        /^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/,
      );
  });

  it('of a deprecated version carries Deprecation, Sunset and a link to its successor', async () => {
    vi.stubEnv('DEPRECATED', '{"v1":{"since":"2027-01-01","sunset":"2027-07-01"}}');
    expect((await ask(health, { path: '/api/v1/health' })).headers).toMatchObject({
      deprecation: '@1798761600',
      sunset: 'Thu, 01 Jul 2027 00:00:00 GMT',
      link: '<../v2/health>; rel="successor-version"',
    });
    const deep =
      (await ask(health, { path: '/api/v1/slots/42/reservations' })).headers.link?.replace(/^<|>.*$/g, '') ??
      '';
    expect(new URL(deep, 'https://x.example/stage/api/v1/slots/42/reservations').pathname).toBe(
      '/stage/api/v2/slots/42/reservations',
    );
    expect((await ask(health, { path: '/api/v2/health' })).headers).not.toHaveProperty('deprecation');
  });

  it('of a deprecated version keeps the link to the next page beside the link to its successor', async () => {
    vi.stubEnv('DEPRECATED', '{"v1":{"since":"2027-01-01"}}');
    const list = endpoint({ trust: 'open' }, () => ({
      status: 200,
      body: {},
      headers: { Link: '</api/v1/things?cursor=x>; rel="next"' },
    }));
    const { link } = (await ask(list)).headers;
    expect(link).toContain('rel="next"');
    expect(link).toContain('rel="successor-version"');
  });

  it('can be read by a web page of a configured origin, and by no other', async () => {
    vi.stubEnv('ORIGINS', 'https://a.example,https://b.example');
    const of = async (origin: string) => (await ask(failing, { headers: { Origin: origin } })).headers;
    expect(await of('https://b.example')).toMatchObject({
      'access-control-allow-origin': 'https://b.example',
      vary: 'Origin',
    });
    for (const other of ['https://c.example', 'null', 'https://a.example.evil', ''])
      expect(await of(other), other).not.toHaveProperty('access-control-allow-origin');
    const { headers, status, text } = await ask(notFound, {
      method: 'OPTIONS',
      headers: { Origin: 'https://a.example' },
    });
    expect([status, text]).toEqual([204, '']);
    expect(headers['access-control-allow-headers']).toContain('Idempotency-Key');
  });

  it('is given to a request without headers, as the gateway’s console sends it', async () => {
    expect(await ask(health, { headers: null })).toMatchObject({
      status: 200,
      body: { status: 'ok', version: '1.2.3', commit: 'abcdef0' },
    });
    expect(await ask(closed, { headers: null })).toMatchObject({ status: 401 });
  });
});
