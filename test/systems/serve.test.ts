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

describe('the served stand-ins', () => {
  it('answer calls that are made through their manifests', async () => {
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

  it('answer health, and 404 for other paths', async () => {
    for (const system of Object.values(await openSystems()).filter((one) => typeof one === 'object')) {
      expect(await system.get('/health')).toEqual({ status: 200, body: { status: 'ok' } });
      expect(await system.get('/authorizations')).toEqual({ status: 404, body: { error: 'no-such-path' } });
    }
  });

  it('run on their own, print their addresses as environment variables, and end on SIGTERM', async () => {
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

  it('provide the secrets under the manifests’ names, and the mainframe’s SFTP address', async () => {
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

  it('listen on the given host', async () => {
    const { systems, close } = await serveSystems({ host: 'localhost' });
    onTestFinished(close);
    expect((await fetch(`${systems.eligibility.url}/health`)).status).toBe(200);
  });
});
