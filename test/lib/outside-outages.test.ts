import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { Unreached } from '#lib/outside/outside.ts';
import { bankAt, closedPort, failureOf, partner, rawPartner } from '#test/systems/programmed-partner.ts';

const say = (text: string) => rawPartner((socket) => socket.write(text));
const ok = (text: string, length = text.length) =>
  `HTTP/1.1 200 OK\r\ncontent-length: ${length}\r\n\r\n${text}`;

describe('an outage of an outside system', () => {
  const answering = (status: number, text = '{}', headers = {}) =>
    partner((_, response) => response.writeHead(status, headers).end(text));
  const drip = () =>
    partner((_, response) => {
      const timer = setInterval(() => response.write(' '), 20);
      response.once('close', () => clearInterval(timer));
    });

  it.each([
    ['a redirect', () => answering(307, '{}', { location: 'http://127.0.0.1:1/' }), 'redirect'],
    ['a 500', () => answering(500), 'unavailable'],
    ['a 429', () => answering(429), 'unavailable'],
    ['10 MB', () => answering(200, JSON.stringify('x'.repeat(10_000_000))), 'too-large'],
    ['a refusal of 10 MB', () => answering(400, JSON.stringify('x'.repeat(10_000_000))), 'too-large'],
    ['a 200 with HTML', () => answering(200, '<h1>maintenance</h1>'), 'not-json'],
    ['an empty 200', () => answering(200, ''), 'not-json'],
    [
      'a 200 that is not UTF-8',
      () => rawPartner((socket) => socket.write(Buffer.from(ok('"\xff"'), 'latin1'))),
      'not-json',
    ],
    ['silence', () => partner(() => {}), 'time-limit'],
    ['a slow drip', drip, 'time-limit'],
    ['less than the Content-Length', () => rawPartner((socket) => socket.end(ok('{"a":1}', 900))), 'cut-off'],
    ['more than the Content-Length', () => say(`${ok('{"a":1}')}{"a":2}`), 'cut-off'],
    [
      'a connection lost within the answer',
      () => rawPartner((socket) => socket.write(ok('{"a"', 900), () => socket.resetAndDestroy())),
      'cut-off',
    ],
    ['a connection lost before the answer', () => rawPartner((socket) => socket.destroy()), 'connection'],
    ['something that is not HTTP', () => say('SSH-2.0-x secret\r\n'), 'connection'],
    ['a refused connection', async () => ({ url: await closedPort() }), 'no-connection'],
  ])('%s', async (_, answers, reason) => {
    const { url } = await answers();
    const failure = await failureOf(bankAt(url)());
    expect(failure).toBeInstanceOf(Unreached);
    expect(failure).toMatchObject({ reason });
  });

  it('carries nothing that was sent or received', async () => {
    for (const text of [ok('<b>hunter2</b>'), 'SSH hunter2\r\n', `${ok('{}')}hunter2`]) {
      const failure = await failureOf(bankAt((await say(text)).url)({ body: { password: 'hunter2' } }));
      expect(failure).toBeInstanceOf(Unreached);
      expect(inspect(failure, { depth: 9, showHidden: true })).not.toMatch(/hunter2|104, 117|68 75 6e/);
    }
  });

  it('includes a passed time limit: one limit for the whole call, and a call may have its own', async () => {
    const { url } = await drip();
    const took = async (call: 'pay' | 'brief', notAfter = Date.now() + 60_000) => {
      const start = performance.now();
      await expect(bankAt(url)({ call, notAfter })).rejects.toMatchObject({ reason: 'time-limit' });
      return performance.now() - start;
    };
    const [system, own, fence] = await Promise.all([
      took('pay'),
      took('brief'),
      took('pay', Date.now() + 50),
    ]);
    expect(fence).toBeLessThan(own);
    expect(own).toBeLessThan(system);
  });

  it('closes the connection', async () => {
    const { url, sockets } = await rawPartner(() => {});
    await expect(bankAt(url)()).rejects.toMatchObject({ reason: 'time-limit' });
    await expect.poll(() => sockets[0]?.destroyed || sockets[0]?.readableEnded).toBe(true);
  });
});

describe('connections that the system has closed meanwhile', () => {
  it('cost one outage at most, however many were idle', async () => {
    const { url, seen } = await partner((_, response) => setTimeout(() => response.end('{}'), 20));
    const call = bankAt(url);
    await Promise.all([call(), call(), call()]);
    // Reset in the same turn as the next call, so that no connection is seen as closed before it
    // is used.
    for (const { socket } of seen) socket.resetAndDestroy();
    const outcomes = await Promise.allSettled([call()]);
    for (let n = 0; n < 3; n++) outcomes.push(...(await Promise.allSettled([call()])));
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'fulfilled', 'fulfilled']);
    expect(outcomes[0]).toMatchObject({ reason: { reason: 'connection' } });
  });
});
