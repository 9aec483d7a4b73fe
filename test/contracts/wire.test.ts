import { describe, expect, it } from 'vitest';
import type { Manifest } from '#systems/manifest.ts';
import { phases } from '#systems/protocol.ts';
import { partner } from '#test/systems/programmed-partner.ts';
import { adapters, canary, outsideToken, participantAt, participants } from './participants.ts';

const calls = [...phases, 'query'] as const;
const rows = adapters.flatMap(([name, adapter]) =>
  participants
    .filter((system) => system.adapter === name && !system.file)
    .flatMap((system) =>
      calls.filter((call) => system.calls[call]).map((call) => [system.name, call, adapter, system] as const),
    ),
);

/** An answer in the system's own words: the first word of its manifest that has a meaning. */
function answerOf({ calls }: Manifest, call: string) {
  const { echo = 'id', field = 'status', means = { fine: 'yes' } } = calls[call]?.answer ?? {};
  return { [echo]: outsideToken, [field]: Object.keys(means)[0] };
}

it('there are calls to test', () => expect(rows.length).toBeGreaterThan(15));

describe.each(rows)('%s on %s', (_, call, adapter, system) => {
  it('sends the token and the same key in a repeat, and keeps the payload out of answers and logs', async () => {
    const { url, seen } = await partner((_, response) =>
      response.end(JSON.stringify(answerOf(system, call))),
    );
    const { invoke, log } = participantAt({ adapter, system, url });
    const replies = [await invoke(call), await invoke(call)];
    expect(replies[0]?.said).not.toMatchObject({ vote: 'unknown' });
    expect(replies[1]).toEqual(replies[0]);
    expect(seen.map(({ request, body }) => `${request.url} ${body}`)).toEqual([
      expect.stringContaining(outsideToken),
      expect.stringContaining(outsideToken),
    ]);
    expect(seen.map(({ request }) => request.headers['idempotency-key'])).toEqual(
      Array(2).fill(`${outsideToken}:${system.name}:${call}:0`),
    );
    expect(log).toMatchObject(Array(2).fill({ system: system.name, phase: call, ms: expect.any(Number) }));
    expect(JSON.stringify([replies, log])).not.toMatch(/OH|delta_usd|idempotency/);
  });

  it('sends each secret in its header to its own system only, and masks it in answers and logs', async () => {
    const secret: Manifest = {
      ...system,
      secrets: { 'x-api-key': 'lockstep/one', authorization: 'lockstep/two' },
    };
    const quoting = [
      { status: 400, body: { error: `bad key ${canary}` } },
      { status: 401, body: { error: canary } },
      { status: 200, body: { ...answerOf(system, call), error: { code: canary } } },
      { status: 200, body: { [canary]: canary } },
      { status: 500, body: { error: canary } },
    ];
    const left = quoting.map(async ({ status, body }) => {
      const { url, seen } = await partner((_, response) =>
        response.writeHead(status).end(JSON.stringify(body)),
      );
      const { invoke, log } = participantAt({ adapter, system: secret, url });
      const reply = await invoke(call);
      expect(seen.map(({ request: { headers } }) => [headers['x-api-key'], headers.authorization])).toEqual([
        [canary, canary],
      ]);
      return [reply, log];
    });
    expect(JSON.stringify(await Promise.all(left))).not.toContain(canary);
  });

  it('digests the request independently of the secret and of the order of keys', async () => {
    const { url } = await partner((_, response) => response.end(JSON.stringify(answerOf(system, call))));
    const digests = async (secret: string, payload: object) => {
      const { invoke } = participantAt({
        adapter,
        system: { ...system, secrets: { 'x-api-key': 'one' } },
        url,
        secret,
      });
      return (await invoke(call, { payload })).request;
    };
    const first = await digests('secret-one', { a: 1, b: 2 });
    expect(await digests('secret-two', { b: 2, a: 1 })).toBe(first);
    expect(await digests('secret-one', { a: 1, b: 3 })).not.toBe(first);
  });
});
