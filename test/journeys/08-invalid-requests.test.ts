import { beforeAll, describe, expect, it } from 'vitest';
import { described, newSlot, withoutKey } from './running-lockstep.ts';

let slot: Awaited<ReturnType<typeof newSlot>>;
beforeAll(async () => {
  slot = await newSlot();
});

const put = (body: unknown, headers: Record<string, string> = {}) =>
  slot.scheduler('PUT', '/api/v1/slots/7', { body, headers });

describe('an invalid body', () => {
  const nested = `${'{"site":'.repeat(17)}1${'}'.repeat(17)}`;
  it.each<[string, unknown, Record<string, string>, number, string]>([
    ['is too large', JSON.stringify({ site: 'x'.repeat(65_536) }), {}, 413, 'body-too-large'],
    ['is one byte too large', ' '.repeat(65_537), {}, 413, 'body-too-large'],
    ['is as large as it may be, and empty', ' '.repeat(65_536), {}, 400, 'invalid-request'],
    ['is nested too deep', nested, {}, 400, 'invalid-request'],
    ['is no JSON', '{"site":', {}, 400, 'invalid-request'],
    ['is not an object', '[1]', {}, 400, 'invalid-request'],
    [
      'says that it is a form',
      'site=x',
      { 'content-type': 'application/x-www-form-urlencoded' },
      415,
      'not-json',
    ],
    [
      'says that it is in another alphabet',
      '{}',
      { 'content-type': 'application/json; charset=latin1' },
      415,
      'not-json',
    ],
    ['is empty', '', {}, 400, 'invalid-request'],
  ])('that %s is refused', async (_, body, headers, status, code) => {
    const answer = await put(body, headers);
    expect(answer).toMatchObject({ status, body: { status, code } });
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
  });

  it('gets a problem with a JSON Pointer to every wrong and every unknown field', async () => {
    const { status, body } = await put({
      ...described,
      starts_at: 'tomorrow',
      price: { amount: -1, currency: 'usd' },
      colour: 'red',
    });
    expect(status).toBe(400);
    const pointers = (body.errors as { pointer: string }[]).map(({ pointer }) => pointer).sort();
    expect(pointers).toEqual(['/colour', '/price/amount', '/price/currency', '/starts_at']);
  });

  it('includes a brand in v1, and an unknown brand in v2', async () => {
    const answer = await slot.reserve('mine', { version: 'v1', body: { preferred_brand: 'Pfizer' } });
    expect(answer).toMatchObject({ status: 400, body: { errors: [{ pointer: '/preferred_brand' }] } });
    const unknown = await slot.reserve('mine', { version: 'v2', body: { preferred_brand: 'Snake Oil' } });
    expect(unknown).toMatchObject({ status: 400, body: { errors: [{ pointer: '/preferred_brand' }] } });
  });
});

describe('an invalid address', () => {
  it.each([
    ['/api/v1/slots/0', 400],
    ['/api/v1/slots/-1', 400],
    ['/api/v1/slots/1.5', 400],
    ['/api/v1/slots/042', 400],
    ['/api/v1/slots/99999999999999999', 400],
    ['/api/v1/slots/%00', 400],
    ["/api/v1/slots/42'--", 400],
    [`/api/v1/slots/${'9'.repeat(2_000)}`, 400],
    ['/api/v1/slots?limit=0', 400],
    ['/api/v1/slots?limit=101', 400],
    ['/api/v1/slots?limit=2&limit=3', 400],
    ['/api/v1/slots?available=perhaps', 400],
    ['/api/v1/slots?colour=red', 400],
    ['/api/v1/slots?cursor=%20', 400],
    ['/api/v1/slots?cursor=AAAA', 400],
    ['/api/v1/slots/42?wait=21', 400],
    ['/api/v1/reservations?slot=none', 400],
    ['/api/v1/reservations/res_none', 404],
    [`/api/v1/reservations/res_${'A'.repeat(27)}`, 404],
    [`/api/v1/reservations/${'x'.repeat(65)}`, 400],
  ])('is refused: GET %s', async (path, status) => {
    const answer = await slot.booker('GET', path);
    expect(answer.status, answer.text).toBe(status);
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
  });

  it.each([
    ['GET', '/api/v3/slots'],
    ['GET', '/api/v1/nothing/at/all'],
    ['GET', '/'],
    ['PATCH', '/api/v1/slots/42'],
    ['DELETE', '/api/v1/slots'],
    ['POST', '/api/v1/health'],
  ])('without a route is answered with the available versions: %s %s', async (method, path) => {
    const answer = await withoutKey(method, path);
    expect(answer).toMatchObject({ status: 404, body: { code: 'route-not-found' } });
    expect(answer.body.detail).toContain('/api/v1 and /api/v2');
  });
});

describe('a browser', () => {
  const origin = 'https://portal.example.gov';
  it('may call from a configured origin, and from no other', async () => {
    const ask = (from: string) =>
      withoutKey('OPTIONS', '/api/v1/slots/42/reservations', {
        headers: { origin: from, 'access-control-request-method': 'POST' },
      });
    const allowed = await ask(origin);
    expect(allowed.status).toBe(204);
    expect(allowed.headers.get('access-control-allow-origin')).toBe(origin);
    expect(allowed.headers.get('access-control-allow-headers')).toContain('Idempotency-Key');
    expect((await ask('https://elsewhere.example')).headers.get('access-control-allow-origin')).toBeNull();
    const read = await slot.booker('GET', slot.path, { headers: { origin } });
    expect(read.headers.get('access-control-allow-origin')).toBe(origin);
    expect(read.headers.get('access-control-expose-headers')).toContain('ETag');
  });
});
