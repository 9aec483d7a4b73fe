import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { Unreached } from '#lib/outside/outside.ts';
import { handClock } from '#test/platform.ts';
import { bankAt, closedPort, failureOf, partner, rawPartner } from '#test/systems/programmed-partner.ts';
import { stillTimers, until } from './still-timers.ts';

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
    ['less than they announced', () => rawPartner((socket) => socket.end(ok('{"a":1}', 900))), 'cut-off'],
    ['more than they announced', () => say(`${ok('{"a":1}')}{"a":2}`), 'cut-off'],
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

  describe.each([
    ['silence', () => partner(() => {})],
    ['a slow drip', drip],
  ])('%s', (_, answers) => {
    it.each([
      ['the limit of the system', 'pay', 90_000, 10_000],
      ['the limit of the call, where it has its own', 'brief', 90_000, 1_000],
      ['the time until notAfter, where less is left', 'pay', 500, 500],
    ])(
      'is waited for as long as is %s, for connecting, headers and body together',
      async (_, call, left, limit) => {
        const [{ url, seen }, { clock }] = [await answers(), handClock()];
        const { passes } = stillTimers();
        let failure: unknown;
        void failureOf(bankAt(url, { clock })({ call, notAfter: clock.now() + left })).then((error) => {
          failure = error;
        });
        await until(() => seen.length === 1);
        await passes(limit - 1);
        expect(failure).toBeUndefined();
        await passes(1);
        await until(() => failure !== undefined);
        expect(failure).toMatchObject({ reason: 'time-limit' });
      },
    );
  });

  it('closes the connection', async () => {
    const { url, sockets } = await rawPartner(() => {});
    const { clock } = handClock();
    const call = bankAt(url, { clock })({ notAfter: clock.now() + 100 });
    await expect(call).rejects.toMatchObject({ name: 'Unreached' });
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
