import { describe, expect, it } from 'vitest';
import { voteFromReply } from '#domain/participants/lines/http/votes.ts';
import type { Unreached } from '#lib/outside/outside.ts';
import { replyFrom } from '#lib/outside/reply.ts';
import { asked, order } from '#test/participants/answers-by-manifest.ts';

async function* bytesOf(text: string | Uint8Array) {
  yield Buffer.from(text);
}
const reply = (status: number, text: string | Uint8Array) => replyFrom(status, bytesOf(text), 65_536);
const reasonOf = (promise: Promise<unknown>) =>
  promise.then(
    () => 'was relied on',
    (error: Unreached) => error.reason,
  );

describe("a partner's reply", () => {
  it.each([
    ['a name twice', '{"status":"DECLINED","status":"DONE"}'],
    ['a name twice, deep inside', '{"order":{"id":1,"state":"a","state":"a"}}'],
    ['half of a surrogate pair', '{"note":"\\udc00"}'],
  ])('with two meanings is no answer, and says so: %s', async (_, text) => {
    expect(await reasonOf(reply(200, text))).toBe('two-meanings');
    expect((await reply(409, text)).body).toBeUndefined();
  });

  it('that is no JSON is told apart from one with two meanings', async () => {
    expect(await reasonOf(reply(200, '<html>'))).toBe('not-json');
    expect(await reasonOf(reply(200, Uint8Array.of(0x22, 0xe9, 0x22)))).toBe('not-json');
  });

  it('with a byte order mark is read all the same', async () => {
    expect((await reply(200, '\ufeff{"a":1}')).body).toEqual({ a: 1 });
  });

  it('keeps a number that a double cannot hold as its text, so that it is no number and no known word', async () => {
    expect((await reply(200, '{"count":24.999999999999999999,"ms":0.25,"n":1e400}')).body).toEqual({
      count: '24.999999999999999999',
      ms: 0.25,
      n: '1e400',
    });
  });
});

describe('a yes until a time', () => {
  const until = (time: string) =>
    voteFromReply({ status: 200, body: order('DONE', { until: time }) }, asked(), 'commit');

  it.each([
    ['2027-01-15T09:00:00+01:00', '2027-01-15T08:00:00Z'],
    ['2027-01-15t08:00:00z', '2027-01-15T08:00:00Z'],
    ['2027-01-15T07:59:60Z', '2027-01-15T08:00:00Z'],
  ])('is read as RFC 3339: %s', (time, utc) => {
    expect(until(time)).toEqual({ vote: 'yes', validUntil: Date.parse(utc) });
  });

  it.each(['2027-01-15T08:00:00', '1/2/2027 9:00 AM', '2027-01-15', '2027-02-30T08:00:00Z'])(
    'that no one reader would read alike is unknown, and says why: %s',
    (time) => {
      expect(until(time)).toEqual({
        vote: 'unknown',
        reason: expect.stringMatching(/end|until/),
        sent: true,
      });
    },
  );
});
