import { expect, it, onTestFinished } from 'vitest';
import { adapter } from '#functions/adapters/rest.ts';
import { manifest } from '#systems/manifest.ts';
import vault from '#test/participants/vault.json' with { type: 'json' };
import { lookAt } from '#test/simulation/engine/simulator.ts';
import { framingRuns, simulator } from '#test/simulation/wire/framing.ts';
import { serveRaw } from '#test/simulation/wire/raw-server.ts';
import { outsideToken, participantAt } from './participants.ts';

it('every method, with every kind of body and without, is read by a server of bytes as it was sent: the next request begins where its length ends', async () => {
  const { sum, violations } = await lookAt(simulator, framingRuns);
  expect(violations).toEqual([]);
  expect(sum.requests).toBe(2 * framingRuns);
  process.stderr.write(
    `${sum.requests} requests on ${framingRuns} runs, ${sum.bytes} bytes of bodies; 0 violations\n`,
  );
});

it('a rollback by DELETE with a body is understood, and so is its repeat: the undo comes to an end', async () => {
  const body = `{"event_id":"${outsideToken}","status":"returned"}`;
  const server = await serveRaw(`HTTP/1.1 200 OK\r\ncontent-length: ${body.length}\r\n\r\n${body}`);
  onTestFinished(async () => void (await server.close()));
  const rollback = {
    ...vault.calls.rollback,
    method: 'DELETE',
    path: '/sums/{token}:return?state={payload.state}&until={not_after}',
  };
  const system = manifest.parse({ ...vault, calls: { ...vault.calls, rollback } });
  const { ask } = participantAt({ adapter, system, url: server.url });
  const more = { payload: { state: 'O/H & Ü', delta_usd: 25 }, notAfter: Date.parse('2999-01-01T00:00:00Z') };
  for (let turn = 0; turn < 3; turn++) expect(await ask('rollback', more)).toEqual({ vote: 'yes' });
  expect(server.seen.violations).toEqual([]);
  expect(
    server.seen.requests.map(({ connection, line, body }) => [connection, line, body.toString()]),
  ).toEqual(
    Array(3).fill([
      0,
      `DELETE /sums/${outsideToken}:return?state=O%2FH%20%26%20%C3%9C&until=2999-01-01T00%3A00%3A00.000Z HTTP/1.1`,
      `{"event_id":"${outsideToken}"}`,
    ]),
  );
});

it('what cannot be put into a path is not sent: the vote is unknown, and names the placeholder', async () => {
  const server = await serveRaw();
  onTestFinished(async () => void (await server.close()));
  const commit = { ...vault.calls.commit, path: '/sums/{payload.state}' };
  const system = manifest.parse({ ...vault, calls: { ...vault.calls, commit } });
  const { ask } = participantAt({ adapter, system, url: server.url });
  for (const payload of [{ delta_usd: 1 }, { state: '', delta_usd: 1 }, { state: null }, { state: { a: 1 } }])
    expect(await ask('commit', { payload })).toEqual({
      vote: 'unknown',
      reason: 'a placeholder of its manifest has no value here, nothing was sent: {payload.state}',
      sent: false,
    });
  expect(await ask('commit', { payload: { state: '..' } })).toMatchObject({ vote: 'unknown', sent: false });
  expect(server.seen).toEqual({ requests: [], violations: [] });
});
