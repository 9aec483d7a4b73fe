import { brotliCompressSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { bank, bankAt, partner, rawPartner } from '#test/systems/programmed-partner.ts';

describe('an answer in an encoding', () => {
  it('was not asked for: every call asks for none', async () => {
    const { url, seen } = await partner((_, response) => response.end('{}'));
    await bankAt(url)();
    expect(seen[0]?.request.headers['accept-encoding']).toBe('identity');
  });

  it('is read all the same', async () => {
    const { url } = await partner((_, response) =>
      response
        .writeHead(201, { 'content-encoding': 'gzip' })
        .end(gzipSync('\ufeff{"paid":true,"name":"Zoë"}')),
    );
    expect(await bankAt(url)()).toEqual({ status: 201, body: { paid: true, name: 'Zoë' } });
  });

  it('that nobody knows is an outage that says so', async () => {
    const { url } = await partner((_, response) =>
      response.writeHead(400, { 'content-encoding': 'zstd' }).end('{"error":"declined"}'),
    );
    await expect(bankAt(url)()).rejects.toMatchObject({
      reason: 'encoding',
      message: 'its answer has an unknown encoding',
    });
  });

  it('that becomes far more than it may is given up at once, and its end is not awaited', async () => {
    const bomb = brotliCompressSync(Buffer.alloc(20_000_000));
    expect(bomb.length).toBeLessThan(900);
    const { url } = await rawPartner((socket) => {
      socket.write('HTTP/1.1 200 OK\r\ncontent-encoding: br\r\ncontent-length: 900\r\n\r\n');
      socket.write(bomb);
    });
    const system = { ...bank, timeoutMs: 30_000 };
    await expect(bankAt(url)({ system })).rejects.toMatchObject({ reason: 'too-large' });
  });

  it('may be empty, as of a refusal without content', async () => {
    const { url } = await partner((_, response) =>
      response.writeHead(404, { 'content-encoding': 'gzip', 'content-length': 0 }).end(),
    );
    expect(await bankAt(url)()).toEqual({ status: 404, body: undefined });
  });
});
