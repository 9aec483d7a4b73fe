import { describe, expect, it } from 'vitest';
import { bankAt, partner, rawPartner } from '#test/systems/programmed-partner.ts';

describe('a call to an outside system', () => {
  it('sends JSON, the Idempotency-Key, and the manifest’s path below the endpoint', async () => {
    const { url, seen } = await partner((_, response) => response.writeHead(201).end('{"paid":true}'));

    expect(await bankAt(`${url}/v1/`)({ key: 'attempt-7', body: { amount: 0, name: 'Zoë' } })).toEqual({
      status: 201,
      body: { paid: true },
    });

    expect(seen[0]?.request).toMatchObject({ method: 'POST', url: '/v1/payments' });
    expect(seen[0]?.request.headers).toMatchObject({
      'idempotency-key': 'attempt-7',
      'content-type': 'application/json',
      accept: 'application/json',
      'content-length': '26',
    });
    expect(JSON.parse(seen[0]?.body ?? '')).toEqual({ amount: 0, name: 'Zoë' });
  });

  it('escapes its key in the path, and refuses a key that changes the path', async () => {
    const { url, seen } = await partner((_, response) => response.end('{}'));
    await bankAt(url)({ call: 'look', about: 'a/../b?c=$&', body: undefined });
    expect(seen[0]?.request).toMatchObject({ method: 'GET', url: '/payments/a%2F..%2Fb%3Fc%3D%24%26' });
    for (const about of [undefined, '', '.', '..', '\ud800'])
      await expect(
        bankAt(url)({ call: 'look', ...(about !== undefined && { about }) }),
      ).rejects.toMatchObject({ reason: 'unfilled' });
    expect(seen).toHaveLength(1);
  });

  it('returns a refusal, in JSON or not', async () => {
    const { url } = await partner((_, response) => response.writeHead(402).end('{"error":"declined"}'));
    expect(await bankAt(url)()).toEqual({ status: 402, body: { error: 'declined' } });
    const plain = await partner((_, response) => response.writeHead(404).end('<h1>no</h1>'));
    expect(await bankAt(plain.url)()).toEqual({ status: 404, body: undefined });
  });

  it('reuses its connection', async () => {
    const { url, seen } = await partner((_, response) => response.end('{}'));
    const call = bankAt(url);
    for (const key of ['k1', 'k2', 'k3']) await call({ key });
    expect(new Set(seen.map(({ socket }) => socket)).size).toBe(1);
    expect(seen).toHaveLength(3);
  });
});

describe('a call past its notAfter', () => {
  it('sends nothing', async () => {
    const { url, sockets } = await rawPartner(() => {});
    await expect(bankAt(url)({ notAfter: Date.now() })).rejects.toMatchObject({ reason: 'too-late' });
    expect(sockets).toHaveLength(0);
  });

  it('sends nothing when the time has passed during the connect', async () => {
    const { url, seen } = await partner((_, response) => response.end('{}'));
    const times = [1_000, 9_000];
    const call = bankAt(url, { clock: { now: () => times.shift() ?? expect.unreachable() } });
    await expect(call({ notAfter: 2_000 })).rejects.toMatchObject({ reason: 'too-late' });
    await bankAt(url)(); // a late first call would have arrived before this one
    expect(seen).toHaveLength(1);
  });
});
