import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { describe, expect, it, onTestFinished } from 'vitest';
import { endpointOf, serveSystems } from '#examples/systems/serve.ts';
import { httpOutside } from '#lib/outside/http.ts';
import cheques from '#systems/cheques.json' with { type: 'json' };
import clearinghouse from '#systems/clearinghouse.json' with { type: 'json' };
import debit from '#systems/debit.json' with { type: 'json' };
import eligibility from '#systems/eligibility.json' with { type: 'json' };
import { manifest } from '#systems/manifest.ts';
import { inAMinute, openSystems, order } from './open-systems.ts';
import { localEndpoint } from './programmed-partner.ts';

describe('the clearinghouse over HTTP', () => {
  it('authorizes, captures and refunds, each once', async () => {
    const { clearinghouse } = await openSystems();
    const settle = (call: string) => clearinghouse.post(`/authorizations/k/${call}`);
    expect(await clearinghouse.post('/authorizations', order())).toEqual({
      status: 201,
      body: { authorization: 'k', state: 'authorized' },
    });
    expect(await clearinghouse.post('/authorizations', order())).toEqual({
      status: 200,
      body: { authorization: 'k', state: 'authorized' },
    });
    for (const _ of [1, 2])
      expect(await settle('capture')).toEqual({
        status: 200,
        body: { authorization: 'k', state: 'captured' },
      });
    expect(await settle('void')).toEqual({ status: 409, body: { error: 'captured' } });
    for (const _ of [1, 2])
      expect(await settle('refund')).toEqual({
        status: 200,
        body: { authorization: 'k', state: 'refunded' },
      });
    expect((await clearinghouse.books()).entries).toMatchObject([
      { key: 'k', effects: { authorize: 1, capture: 1, void: 0, refund: 1 } },
    ]);
  });

  it('remembers a void of what never arrived, whatever the key looks like', async () => {
    const { clearinghouse } = await openSystems();
    expect(await clearinghouse.post('/authorizations/a%2Fb%3F/void', { not_after: inAMinute() })).toEqual({
      status: 200,
      body: { authorization: 'a/b?', state: 'voided' },
    });
    expect(await clearinghouse.post('/authorizations', order({ key: 'a/b?' }))).toEqual({
      status: 409,
      body: { error: 'voided' },
    });
  });

  it('does not know what it never saw, and refuses what comes too late', async () => {
    const { clearinghouse } = await openSystems();
    expect(await clearinghouse.post('/authorizations/k/capture')).toEqual({
      status: 404,
      body: { error: 'unknown' },
    });
    expect(
      await clearinghouse.post('/authorizations', order({ not_after: '2020-01-01T00:00:00+02:00' })),
    ).toEqual({
      status: 409,
      body: { error: 'too-late' },
    });
  });

  it.each<[field: string, path: string, body: unknown]>([
    ['amount', '/authorizations', order({ amount: -1 })],
    ['amount', '/authorizations', order({ amount: 1.5 })],
    ['currency', '/authorizations', order({ currency: 'dollars' })],
    ['not_after', '/authorizations', order({ not_after: 'soon' })],
    ['key', '/authorizations', order({ key: undefined })],
    ['tip', '/authorizations', order({ tip: 3 })],
    ['tip', '/authorizations/k/capture', { tip: 3 }],
    ['key', '/authorizations/%zz/capture', {}],
    ['body', '/authorizations', '{'],
    ['body', '/authorizations', JSON.stringify('x'.repeat(100_000))],
    ['call', '/control', { call: 'steal', behaviour: 'fail' }],
    ['behaviour', '/control', { call: '*', behaviour: 'dance' }],
  ])('names %s as what is wrong at %s', async (field, path, body) => {
    const { clearinghouse } = await openSystems();
    expect(await clearinghouse.post(path, body)).toEqual({ status: 400, body: { error: 'invalid', field } });
    expect(await clearinghouse.books()).toEqual({ entries: [], arrivals: [] });
  });
});

describe('both systems', () => {
  it('answer calls that are made by their manifests', async () => {
    const { clearinghouse: house, eligibility: service } = await openSystems();
    const outside = httpOutside({
      clock: { now: () => Date.now() },
      endpoint: (name) => localEndpoint(name === 'clearinghouse' ? house.url : service.url),
      secrets: { readSecret: async () => 'secret' },
    });
    const about = { key: 'attempt', about: 'k', notAfter: Date.now() + 5_000 };
    const [bank, office] = [manifest.parse(clearinghouse), manifest.parse(eligibility)];
    expect(
      await outside({
        ...about,
        system: office,
        call: 'check',
        body: { key: 'k', slot: 7, not_after: inAMinute() },
      }),
    ).toEqual({
      status: 200,
      body: { eligible: true },
    });
    const states = [];
    for (const call of ['authorize', 'capture', 'refund', 'void'])
      states.push(
        (await outside({ ...about, system: bank, call, body: call === 'authorize' ? order() : {} })).body,
      );
    expect(states).toMatchObject([
      { state: 'authorized' },
      { state: 'captured' },
      { state: 'refunded' },
      { error: 'refunded' },
    ]);
    expect((await service.books()).entries).toMatchObject([{ key: 'k', slot: 7, eligible: true }]);
  });

  it('are healthy, and know no other path', async () => {
    for (const system of Object.values(await openSystems()).filter((one) => typeof one === 'object')) {
      expect(await system.get('/health')).toEqual({ status: 200, body: { status: 'ok' } });
      expect(await system.get('/authorizations')).toEqual({ status: 404, body: { error: 'no-such-path' } });
    }
  });

  it('run by themselves, say where they are as an environment, and end when asked to, whatever was to happen later', async () => {
    const child = spawn(process.execPath, ['examples/systems/serve.ts'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    onTestFinished(() => void child.kill('SIGKILL'));
    const urls: string[] = [];
    for await (const line of createInterface({ input: child.stdout })) if (urls.push(line) === 2) break;
    expect(urls[0]).toMatch(/^ENDPOINT_ELIGIBILITY=http:\/\/127\.0\.0\.1:\d+$/);
    expect(urls[1]).toMatch(/^ENDPOINT_CLEARINGHOUSE=http:\/\/127\.0\.0\.1:\d+$/);
    const url = `${urls[1]?.split('=')[1]}`;
    const post = (path: string, body: object) =>
      fetch(url + path, { method: 'POST', body: JSON.stringify(body) });
    expect((await post('/control', { call: '*', behaviour: 'late', delayMs: 60_000 })).status).toBe(200);
    const cut = expect(post('/authorizations/k/void', {})).rejects.toThrow();
    await expect.poll(async () => (await fetch(`${url}/books`)).text()).toContain('"call":"void"');
    const exit = once(child, 'exit');
    child.kill('SIGTERM');
    await cut;
    expect(await exit).toEqual([0, null]);
  });

  it('give out what callers must know, by the names that the manifests have for it, and where the mainframe takes files', async () => {
    const { systems, secrets, close } = await serveSystems();
    onTestFinished(close);
    const needed = [debit, cheques].flatMap((json) => Object.values(manifest.parse(json).secrets));
    expect(Object.keys(secrets).sort()).toEqual(needed.sort());
    expect(secrets['lockstep/cheques-host-key']).toBe(systems.cheques.hostKey);
    expect([endpointOf(systems.cheques), endpointOf(systems.debit)]).toEqual([
      systems.cheques.endpoint,
      systems.debit.url,
    ]);
    expect(endpointOf(systems.cheques)).toMatch(/^sftp:\/\/127\.0\.0\.1:\d+\/in$/);
  });

  it('listen where they are told to', async () => {
    const { systems, close } = await serveSystems({ host: 'localhost' });
    onTestFinished(close);
    expect((await fetch(`${systems.eligibility.url}/health`)).status).toBe(200);
  });
});
