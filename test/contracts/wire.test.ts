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

/** An answer in the system's own words: the first of those that mean something. */
function answerOf({ calls }: Manifest, call: string) {
  const { echo = 'id', field = 'status', means = { fine: 'yes' } } = calls[call]?.answer ?? {};
  return { [echo]: outsideToken, [field]: Object.keys(means)[0] };
}

it('sees calls to judge', () => expect(rows.length).toBeGreaterThan(15));

describe.each(rows)('%s on %s', (_, call, adapter, system) => {
  it('carries the token, the same key in a repeat, and nothing of the payload in what it leaves behind', async () => {
    const { url, seen } = await partner((_, response) =>
      response.end(JSON.stringify(answerOf(system, call))),
    );
    const { hear, told } = participantAt({ adapter, system, url });
    const heard = [await hear(call), await hear(call)];
    expect(heard[0]?.said).not.toMatchObject({ vote: 'unknown' });
    expect(heard[1]).toEqual(heard[0]);
    expect(seen.map(({ request, body }) => `${request.url} ${body}`)).toEqual([
      expect.stringContaining(outsideToken),
      expect.stringContaining(outsideToken),
    ]);
    expect(seen.map(({ request }) => request.headers['idempotency-key'])).toEqual(
      Array(2).fill(`${outsideToken}:${system.name}:${call}:0`),
    );
    expect(told).toMatchObject(Array(2).fill({ system: system.name, phase: call, ms: expect.any(Number) }));
    expect(JSON.stringify([heard, told])).not.toMatch(/OH|delta_usd|idempotency/);
  });

  it('gives each secret to its system in a header, and to nobody else, even if it is quoted in the answer', async () => {
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
      const { hear, told } = participantAt({ adapter, system: secret, url });
      const heard = await hear(call);
      expect(seen.map(({ request: { headers } }) => [headers['x-api-key'], headers.authorization])).toEqual([
        [canary, canary],
      ]);
      return [heard, told];
    });
    expect(JSON.stringify(await Promise.all(left))).not.toContain(canary);
  });

  it('digests what was asked, whatever the secret and whenever', async () => {
    const { url } = await partner((_, response) => response.end(JSON.stringify(answerOf(system, call))));
    const digests = async (secret: string, payload: Record<string, unknown>) => {
      const { hear } = participantAt({
        adapter,
        system: { ...system, secrets: { 'x-api-key': 'one' } },
        url,
        secret,
      });
      return (await hear(call, { payload })).request;
    };
    const first = await digests('secret-one', { a: 1, b: 2 });
    expect(await digests('secret-two', { b: 2, a: 1 })).toBe(first);
    expect(await digests('secret-one', { a: 1, b: 3 })).not.toBe(first);
  });
});
