import { inspect } from 'node:util';
import { expect, it } from 'vitest';
import { httpLine } from '#domain/participants/lines/http/http-line.ts';
import { jsonAdapter } from '#domain/participants/lines/http/json-adapter.ts';
import { Unreached } from '#lib/outside/outside.ts';
import { replyFrom } from '#lib/outside/reply.ts';
import { asked, order } from './answers-by-manifest.ts';

async function* bytesOf(text: string) {
  yield Buffer.from(text);
}
/** A commit over the line of HTTP, to a system that gives this answer. */
const commit = (status: number, body: unknown) =>
  jsonAdapter.commit(
    asked(),
    httpLine.call(() => replyFrom(status, bytesOf(JSON.stringify(body)), 10_000, { retryAfter: '2' })),
  );

it.each([429, 500, 503])('a %i with the word for ongoing is ongoing', async (status) => {
  expect(await commit(status, order('BUSY'))).toEqual({ vote: 'ongoing' });
});

it.each([429, 500, 503])('a %i with any other word is an outage with its pause', async (status) => {
  for (const body of [order('DONE'), order('NO'), { error: 'busy' }, 'down'])
    await expect(commit(status, body)).rejects.toMatchObject({ reason: 'unavailable', retryAfterMs: 2_000 });
  await expect(commit(status, order('DONE'))).rejects.toBeInstanceOf(Unreached);
});

it('the answer in an outage is in no text and no JSON of it', async () => {
  const outage = await commit(503, order('DONE')).catch((error: unknown) => error);
  expect(outage).toHaveProperty('reply.body', order('DONE'));
  expect(`${JSON.stringify(outage)} ${inspect(outage)}`).not.toContain('DONE');
});
