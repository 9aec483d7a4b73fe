import { beforeEach, describe, expect, it } from 'vitest';
import { acceptSync } from '#domain/syncs/accept/accept-sync.ts';
import { checkDeadline } from '#domain/syncs/accept/deadline.ts';
import { syncFields, toCommand } from '#domain/syncs/accept/sync-fields.ts';
import { Problem } from '#lib/problem.ts';
import { acceptedReply } from '#wiring/sync-answers.ts';
import { type SyncWorld, syncWorld, tenant } from './syncs-world.ts';

let w: SyncWorld;
const day = 86_400_000;
const later = (ms: number) => new Date(w.clock.now() + ms).toISOString();
const bodyOf = (more: object = {}) => ({
  type: 'benefit_adjusted',
  payload: { state: 'OH', delta_usd: 25 },
  ...more,
});
const commandOf = (key: string, more: object = {}, whose = tenant) =>
  toCommand(syncFields.parse(bodyOf(more)), { tenant: whose, key });
const post = async (key: string, more: object = {}, whose = tenant) => {
  const command = commandOf(key, more, whose);
  await checkDeadline(command, w.accepting);
  return acceptSync(command, w.accepting);
};
const refused = (promise: Promise<unknown>) =>
  promise.then(
    () => undefined,
    (error: unknown) =>
      error instanceof Problem ? { code: error.code, errors: error.extras.errors } : Promise.reject(error),
  );

beforeEach(() => {
  w = syncWorld();
});

describe('a sync under an Idempotency-Key', () => {
  it('is accepted once, however often it is requested, in any spelling of its type', async () => {
    const first = await post('k1', { on_commit_failure: 'compensate' });
    const again = await post('k1', {
      type: 'benefit.adjusted',
      on_commit_failure: 'compensate',
      callback_task_token: 'a new try of the caller',
    });
    expect([first.replayed, again.replayed]).toEqual([false, true]);
    expect(acceptedReply(again, '').body).toEqual(acceptedReply(first, '').body);
    expect(first.sync).toMatchObject({
      syncId: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-8/),
      onCommitFailure: 'compensate',
    });
  });

  it('is another sync under another key, and for another tenant', async () => {
    const tokens = [await post('k1'), await post('k2'), await post('k1', {}, 'other')].map(
      ({ sync }) => sync.syncId,
    );
    expect(new Set(tokens).size).toBe(3);
  });

  it('is refused when the key belongs to another request', async () => {
    await post('k1');
    for (const other of [
      { payload: { state: 'OH', delta_usd: 26 } },
      { on_commit_failure: 'compensate' },
      { deadline: later(day) },
    ])
      expect(await refused(post('k1', other))).toMatchObject({ code: 'idempotency-key-reused' });
  });

  it('is refused with the wrong field’s name', () => {
    for (const wrong of [
      { deadline: 'soon' },
      { on_commit_failure: 'shrug' },
      { callback_task_token: 'x'.repeat(2049) },
      { more: 1 },
    ])
      expect(syncFields.safeParse(bodyOf(wrong)).success, JSON.stringify(wrong)).toBe(false);
    expect(() => commandOf('k1', { payload: { state: 'Ohio', delta_usd: 25 } })).toThrow(
      expect.objectContaining({ code: 'payload-invalid' }),
    );
  });
});

describe('a deadline', () => {
  it('is in the future, and at most thirty days ahead', async () => {
    for (const deadline of [later(0), later(-1000), later(30 * day + 1000)])
      expect(await refused(post('k1', { deadline })), deadline).toMatchObject({
        code: 'invalid-request',
        errors: [{ pointer: '/deadline' }],
      });
    expect((await post('k1', { deadline: later(30 * day) })).sync.deadline).toBe(w.clock.now() + 30 * day);
    expect((await post('k2')).sync.deadline).toBe(w.clock.now() + 3_600_000);
  });

  it('that has passed does not refuse a repeat of an accepted request', async () => {
    const deadline = later(1000);
    const { sync } = await post('k1', { deadline });
    w.pass(5000);
    expect(await post('k1', { deadline })).toMatchObject({ replayed: true, sync: { syncId: sync.syncId } });
    expect(await refused(post('k2', { deadline }))).toMatchObject({ code: 'invalid-request' });
  });
});

it('the Location of an accepted sync leads to it from every door, behind any path prefix', async () => {
  const accepted = await post('k1');
  const { syncId } = accepted.sync;
  for (const [door, location] of [
    ['syncs', acceptedReply(accepted, '').headers.Location],
    ['events', acceptedReply(accepted, '').headers.Location],
    [`rollbacks/${syncId}`, acceptedReply(accepted, '../').headers.Location],
  ])
    expect(new URL(String(location), `https://x.example/stage/api/v1/${door}`).pathname).toBe(
      `/stage/api/v1/syncs/${syncId}`,
    );
});

it('a sync whose id is a UUID of no version of RFC 9562 is published and committed like any other', async () => {
  const syncId = '11111111-1111-1111-1111-111111111111';
  await acceptSync({ ...commandOf('k1'), syncId }, w.accepting);
  await w.rest();
  expect(w.events.map(({ type }) => type)).toContain('sync.committed');
});
