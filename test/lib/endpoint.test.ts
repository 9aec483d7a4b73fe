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
    'lets nobody in without a key (%o)',
    async (header) => {
      const answer = await ask(thing, { headers: header === undefined ? {} : { Authorization: header } });
      expect(answer).toMatchObject({ status: 401, body: { code: 'unauthenticated' } });
      expect(answer.headers['www-authenticate']).toBe('Bearer realm="lockstep"');
    },
  );

  it('tells a key of another role which one it takes', async () => {
    const answer = await ask(thing, { headers: { Authorization: 'Bearer lk_scheduler' } });
    expect(answer).toMatchObject({
      status: 403,
      body: { code: 'forbidden', detail: expect.stringContaining('booker') },
    });
  });

  it('lets an outside system answer for itself, and see nothing else', async () => {
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

  it('answers with a text of its own media type where it has one, under the same conditions', async () => {
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

  it('reads headers whatever their case, and the scheme too', async () => {
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

  it('reads nothing of a request that may not be made', async () => {
    const answer = await ask(reserve, {
      method: 'POST',
      path: '/api/v1/slots/x/reservations',
      body: '{',
      pathParameters: { slotId: 'x' },
    });
    expect(answer).toMatchObject({ status: 401 });
  });

  it('asks for an Idempotency-Key before it looks at the rest', async () => {
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
