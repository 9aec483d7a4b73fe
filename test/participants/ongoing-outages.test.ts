import { expect, it } from 'vitest';
import { jsonAdapter } from '#domain/participants/lines/http/json-adapter.ts';
import { type Reply, Unreached } from '#lib/outside/outside.ts';
import { replyFrom } from '#lib/outside/reply.ts';
import { asked, order } from './answers-by-manifest.ts';

async function* bytesOf(text: string) {
  yield Buffer.from(text);
}
const commit = (status: number, body: unknown) =>
  jsonAdapter.commit(asked(), {
    rest: () =>
      replyFrom(status, bytesOf(JSON.stringify(body)), 10_000, { retryAfter: '2' }) as Promise<Reply>,
  });

it.each([429, 500, 503])('a %i with the word for ongoing is ongoing', async (status) => {
  expect(await commit(status, order('BUSY'))).toEqual({ vote: 'ongoing' });
});

it.each([429, 500, 503])('a %i with any other word is an outage with its pause', async (status) => {
  for (const body of [order('DONE'), order('NO'), { error: 'busy' }, 'down'])
    await expect(commit(status, body)).rejects.toMatchObject({ reason: 'unavailable', retryAfterMs: 2_000 });
  await expect(commit(status, order('DONE'))).rejects.toBeInstanceOf(Unreached);
});
