import { beforeEach, describe, expect, it } from 'vitest';
import { acceptSync } from '#domain/syncs/accept/accept-sync.ts';
import { checkDeadline } from '#domain/syncs/accept/deadline.ts';
import { syncFields, toCommand } from '#domain/syncs/accept/sync-fields.ts';
import { readSync } from '#domain/syncs/syncs.ts';
import { acceptedTold, awaitedTold } from '#wiring/sync-answers.ts';
import { type SyncWorld, syncWorld, tenant } from './syncs-world.ts';

let w: SyncWorld;
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

beforeEach(() => {
  w = syncWorld();
});

describe('Prefer: wait', () => {
  const waiting = (syncId: string, meanwhile: () => Promise<void> | void = () => {}) => ({
    waitSeconds: 10,
    clock: w.clock,
    read: async () => {
      await meanwhile();
      return readSync(w.store, tenant, syncId);
    },
  });

  it('answers the end of the sync, with Preference-Applied', async () => {
    const accepted = await post('k1');
    const answer = await awaitedTold(accepted, '', waiting(accepted.sync.syncId, w.rest));
    expect(answer).toMatchObject({
      status: 200,
      body: { state: 'committed', rollback_token: accepted.sync.syncId },
    });
    expect(answer.headers).toMatchObject({
      'Preference-Applied': 'wait=10',
      'Content-Location': `syncs/${accepted.sync.syncId}`,
    });
  });

  it('answers 202 as usual when the wait is over', async () => {
    const accepted = await post('k1');
    const answer = await awaitedTold(
      accepted,
      '',
      waiting(accepted.sync.syncId, () => w.pass(6_000)),
    );
    expect(answer).toEqual(acceptedTold(accepted, ''));
    expect(answer.headers).not.toHaveProperty('Preference-Applied');
  });

  it('ends early when the sync is parked', async () => {
    w = syncWorld({ attempts: 2 });
    for (let i = 0; i < 9; i++) w.next('debit.commit', 'away');
    const accepted = await post('k1');
    const answer = await awaitedTold(accepted, '', waiting(accepted.sync.syncId, w.rest));
    expect((await readSync(w.store, tenant, accepted.sync.syncId)).state).toBe('parked');
    expect(answer.status).toBe(202);
  });
});
