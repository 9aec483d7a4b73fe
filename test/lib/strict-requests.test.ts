import { gzipSync } from 'node:zlib';
import { beforeEach, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { endpoint } from '#lib/http/endpoint.ts';
import { idempotencyKey } from '#lib/http/idempotency-key.ts';
import { stubDoor } from './door-environment.ts';
import { ask, proxyEvent } from './proxy-event.ts';

const json = { 'Content-Type': 'application/json' };
const echo = endpoint({ trust: 'open', body: z.looseObject({}) }, ({ body }) => ({ status: 200, body }));
const bodyless = endpoint({ trust: 'open' }, () => ({ status: 200, body: {} }));
const keyed = endpoint({ trust: 'open', keyed: true }, ({ key }) => ({ status: 200, body: key }));
const post = (door: unknown, body: string, headers: Record<string, string> = json) =>
  ask(door, { method: 'POST', body, headers });

beforeEach(stubDoor);

describe('a body with two meanings', () => {
  it.each([
    [
      '25 and 2500 for one amount',
      '{"amount_minor":25,\n "amount_minor":2500}',
      '/amount_minor',
      'Line 2, column 2',
    ],
    ['the same name in another spelling', '{"a":{"b":1,"\\u0062":1}}', '/a/b', 'Line 1, column 13'],
    [
      'a name twice in an item of a list',
      '{"items":[{},{"id":"1","id":"2"}]}',
      '/items/1/id',
      'Line 1, column 24',
    ],
    ['a number that would be rounded', '{"amount":24.999999999999999999}', '/amount', 'Line 1, column 11'],
    ['a number that would be nothing', '{"amount":1E-400}', '/amount', 'Line 1, column 11'],
    ['a number that would be infinite', '{"amount":[1e400]}', '/amount/0', 'Line 1, column 12'],
    ['2^53 + 1', '{"amount":9007199254740993}', '/amount', 'Line 1, column 11'],
    ['half of a surrogate pair', '{"reason":"\\ud83d"}', '/reason', 'Line 1, column 11'],
    ['a byte order mark', '\ufeff{}', '', 'Line 1, column 1'],
  ])('is refused with its place: %s', async (_, body, pointer, place) => {
    expect(await post(echo, body)).toMatchObject({
      status: 400,
      body: { code: 'invalid-request', errors: [{ pointer, detail: expect.stringContaining(place) }] },
    });
  });

  it('is refused where its bytes are no UTF-8, and not read with other characters', async () => {
    const bytes = Buffer.concat([Buffer.from('{"site":"Caf'), Buffer.of(0xe9), Buffer.from('"}')]);
    const asked = { method: 'POST', body: bytes.toString('base64'), base64: true, headers: json };
    expect(await ask(echo, asked)).toMatchObject({ status: 400, body: { code: 'invalid-request' } });
  });

  it('is one with `__proto__` as a plain name, which changes no prototype', async () => {
    expect((await post(echo, '{"__proto__":{"admin":true},"amount":25.0}')).text).toContain('"amount":25');
    expect(({} as { admin?: boolean }).admin).toBeUndefined();
  });
});

describe('a body that is none', () => {
  it('is not the body null, where none is needed', async () => {
    expect(await post(bodyless, 'null')).toMatchObject({ status: 400, body: { code: 'invalid-request' } });
    expect(await post(bodyless, '')).toMatchObject({ status: 200 });
    expect(await post(bodyless, '{}')).toMatchObject({ status: 200 });
  });

  it.each(['gzip', 'GZIP', 'br', 'gzip, identity'])(
    'is refused when it is compressed: %s',
    async (coding) => {
      const body = gzipSync('{}').toString('base64');
      const headers = { ...json, 'Content-Encoding': coding };
      expect(await ask(echo, { method: 'POST', body, base64: true, headers })).toMatchObject({
        status: 415,
        body: { code: 'body-encoded' },
      });
    },
  );

  it('may say that it is as it is', async () => {
    expect(await post(echo, '{}', { ...json, 'Content-Encoding': 'identity' })).toMatchObject({
      status: 200,
    });
  });
});

describe('an Idempotency-Key', () => {
  const send = (...values: string[]) => {
    const event = proxyEvent({ method: 'POST', headers: { 'Idempotency-Key': values.at(-1) ?? '' } });
    event.multiValueHeaders = { 'Idempotency-Key': values };
    return (
      keyed as unknown as (event: unknown, context: unknown) => Promise<{ statusCode: number; body: string }>
    )(event, { awsRequestId: 'r', functionName: 'door', getRemainingTimeInMillis: () => 10_000 });
  };

  it('that is given twice with different values is refused', async () => {
    const { statusCode, body } = await send('order-1', 'order-2');
    expect([statusCode, JSON.parse(body).code]).toEqual([400, 'idempotency-key-invalid']);
  });

  it('that is given twice in two spellings of the header is refused, too', async () => {
    const headers = { 'Idempotency-Key': 'order-1', 'idempotency-key': 'order-2' };
    expect(await ask(keyed, { method: 'POST', headers })).toMatchObject({
      status: 400,
      body: { code: 'idempotency-key-invalid' },
    });
  });

  it('that is given twice with the same value is that key, bare or quoted', async () => {
    expect(await send('order-1', '"order-1"')).toMatchObject({ statusCode: 200, body: '"order-1"' });
  });

  it.each([
    ...[
      'undefined',
      'null',
      'NaN',
      '[object Object]',
      '"undefined"',
      'Undefined',
      'None',
      '[object Promise]',
    ],
    ...['00000000-0000-0000-0000-000000000000', '{00000000-0000-0000-0000-000000000000}', '0'.repeat(32)],
    ...['urn:uuid:00000000-0000-0000-0000-000000000000', 'ffffffff-ffff-ffff-ffff-ffffffffffff'],
  ])('that a program writes without having one is refused: %s', (header) => {
    expect(() => idempotencyKey(header)).toThrow(
      expect.objectContaining({ code: 'idempotency-key-invalid' }),
    );
  });

  it.each(['nullable', 'undefined-7', '0', '00000000-0000-4000-8000-000000000000'])(
    'may look alike: %s',
    (header) => expect(idempotencyKey(header)).toBe(header),
  );
});

describe('an Authorization', () => {
  it('of two keys lets nobody in', async () => {
    const callers = () => async () => ({ tenant: 'acme', role: 'booker', keyId: 'k1' });
    const door = endpoint({ trust: 'tenant', callers }, () => ({ status: 200, body: {} }));
    const headers = { Authorization: 'Bearer lk_a', authorization: 'Bearer lk_b' };
    expect(await ask(door, { headers })).toMatchObject({ status: 401 });
    expect(await ask(door, { headers: { Authorization: 'Bearer lk_a' } })).toMatchObject({ status: 200 });
  });
});
