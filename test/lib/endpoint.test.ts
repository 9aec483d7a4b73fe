import { beforeEach, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { handler as reserve } from '#functions/api/v1/slots.[slotId].reservations.post.ts';
import { type Caller, endpoint } from '#lib/http/endpoint.ts';
import { stubDoor } from './door-environment.ts';
import { ask } from './proxy-event.ts';

const callers =
  () =>
  async (key: string): Promise<Caller | undefined> => {
    const [, role] = /^lk_(\w+)$/.exec(key) ?? [];
    return role ? { tenant: 'acme', role, keyId: 'k1' } : undefined;
  };
const booker = { Authorization: 'Bearer lk_booker' };
const thing = endpoint({ trust: 'tenant', callers, role: 'booker' }, ({ caller }) => ({
  status: 200,
  etag: 7,
  modifiedAt: 0,
  body: { of: caller.tenant },
}));

beforeEach(stubDoor);

describe('a door', () => {
  it.each([undefined, '', 'Basic lk_booker', 'Bearer', 'Bearer nonsense', 'lk_booker'])(
    'answers 401 to an Authorization header without a valid key (%o)',
    async (header) => {
      const answer = await ask(thing, { headers: header === undefined ? {} : { Authorization: header } });
      expect(answer).toMatchObject({ status: 401, body: { code: 'unauthenticated' } });
      expect(answer.headers['www-authenticate']).toBe('Bearer realm="lockstep"');
    },
  );

  it('answers 403 to a key of another role, and names the role that it needs', async () => {
    const answer = await ask(thing, { headers: { Authorization: 'Bearer lk_scheduler' } });
    expect(answer).toMatchObject({
      status: 403,
      body: { code: 'forbidden', detail: expect.stringContaining('booker') },
    });
  });

  it('accepts an outside system’s key on hooks only', async () => {
    const system = () => async (): Promise<Caller> => ({
      tenant: 'acme',
      role: 'system',
      system: 'debit',
      keyId: 'k2',
    });
    const headers = { Authorization: 'Bearer lk_system' };
    const reading = endpoint({ trust: 'tenant', callers: system }, () => ({ status: 200, body: {} }));
    const hook = endpoint({ trust: 'tenant', callers: system, role: 'system' }, ({ caller }) => ({
      status: 200,
      body: caller.system,
    }));
    expect(await ask(reading, { headers })).toMatchObject({ status: 403, body: { code: 'forbidden' } });
    expect(await ask(hook, { headers })).toMatchObject({ status: 200, body: 'debit' });
  });

  it('may answer a text of its own media type, with ETag and Vary as usual', async () => {
    const door = endpoint({ trust: 'open' }, () => ({
      status: 200,
      etag: 'e',
      text: '{"a":1}\n',
      type: 'application/jsonl',
      headers: { Vary: 'Accept' },
    }));
    const { headers, text } = await ask(door, { headers: { Origin: 'https://x.example' } });
    expect([headers['content-type'], headers.vary, text]).toEqual([
      'application/jsonl',
      'Accept, Origin',
      '{"a":1}\n',
    ]);
    expect(await ask(door, { headers: { 'If-None-Match': '"e"' } })).toMatchObject({ status: 304, text: '' });
  });

  it('reads header names and the scheme in any case', async () => {
    for (const headers of [
      booker,
      { AUTHORIZATION: 'bearer  lk_booker' },
      { authorization: 'BEARER lk_booker' },
    ])
      expect(await ask(thing, { headers: headers as Record<string, string> })).toMatchObject({
        status: 200,
        body: { of: 'acme' },
      });
  });

  it('authenticates a request before it parses it', async () => {
    const answer = await ask(reserve, {
      method: 'POST',
      path: '/api/v1/slots/x/reservations',
      body: '{',
      pathParameters: { slotId: 'x' },
    });
    expect(answer).toMatchObject({ status: 401 });
  });

  it('asks for an Idempotency-Key before it parses the rest', async () => {
    const keyed = endpoint({ trust: 'tenant', callers, keyed: true }, ({ key }) => ({
      status: 200,
      body: { key },
    }));
    expect(await ask(keyed, { method: 'POST', headers: booker })).toMatchObject({
      status: 400,
      body: { code: 'idempotency-key-missing' },
    });
    expect(
      await ask(keyed, { method: 'POST', headers: { ...booker, 'Idempotency-Key': '"k"' } }),
    ).toMatchObject({ body: { key: 'k' } });
  });

  it('answers 304 without a body to a caller with the current ETag', async () => {
    const fresh = await ask(thing, { headers: booker });
    expect(fresh.headers).toMatchObject({
      etag: '"7"',
      'last-modified': 'Thu, 01 Jan 1970 00:00:00 GMT',
      'cache-control': 'private, no-cache',
    });
    const seen = await ask(thing, { headers: { ...booker, 'If-None-Match': '"7"' } });
    expect(seen).toMatchObject({ status: 304, text: '', headers: { etag: '"7"' } });
  });

  it('refuses unknown fields by name in body, query and path', async () => {
    const strict = endpoint(
      { trust: 'open', path: z.strictObject({ id: z.string() }), body: z.strictObject({ a: z.int() }) },
      () => ({
        status: 200,
        body: {},
      }),
    );
    const given = {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      pathParameters: { id: '1' },
    };
    expect((await ask(strict, { ...given, body: '{"a":1,"b":2}' })).body.errors).toMatchObject([
      { pointer: '/b' },
    ]);
    expect((await ask(strict, { ...given, body: '{"a":1}', query: { b: ['1'] } })).body.errors).toMatchObject(
      [{ pointer: 'query.b' }],
    );
    expect((await ask(strict, { ...given, body: '{"a":1}', pathParameters: {} })).body.errors).toMatchObject([
      { pointer: 'path.id' },
    ]);
    expect(await ask(strict, { ...given, body: '{"a":1}' })).toMatchObject({ status: 200 });
  });
});
