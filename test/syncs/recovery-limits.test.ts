import { describe, expect, it } from 'vitest';
import { mostRecoveries, recovered } from '#domain/syncs/saga/transitions.ts';
import { operated } from '#domain/syncs/tickets/operate-sync.ts';
import { manifests, syncWorld } from './syncs-world.ts';

const { debit, cheques, letters } = manifests;
const { query: _, ...unasked } = letters.calls;
/** A letter shop without query. */
const mute = { ...letters, calls: unasked, capabilities: { ...letters.capabilities, query: false } };
const times = <T>(mood: T, count = 20): T[] => Array<T>(count).fill(mood);

describe('an operator’s mark-done', () => {
  it('on an unknown commit counts as a commit, and is then rolled back with the rest', async () => {
    const w = syncWorld({ systems: [debit, mute], attempts: 8 });
    w.next('letters.commit', 'lost');
    await w.accept();
    await w.rest();
    const by = { by: 'key_1', reason: 'asked them' };
    const operate = async (operate: Omit<Parameters<typeof operated>[1], 'by' | 'reason'>) => {
      await w.tools.syncs.change(await w.sync(), 'operate', (now) =>
        operated(now, { ...operate, ...by }, w.clock.now(), w.tools.limits),
      );
      await w.rest();
    };
    await operate({ action: 'force-rollback' });
    expect((await w.sync()).state).toBe('parked');
    await operate({ action: 'mark-done', system: 'letters' });
    expect((await w.sync()).state).toBe('undone');
    expect([w.state('debit'), w.state('letters')]).toEqual(['rolled-back', 'rolled-back']);
  });
});

describe('a refusal that overtakes an earlier call', () => {
  it('does not answer that call: the rollback waits until the earlier call can no longer land', async () => {
    const forgetting = { ...cheques, capabilities: { ...cheques.capabilities, tombstone: false } };
    const w = syncWorld({ systems: [debit, forgetting], attempts: 8 });
    w.next('cheques.prepare', 'silent', 'refuse');
    await w.accept();
    const begun = w.clock.now();
    await w.rest();
    const sync = await w.sync();
    expect(sync.state).toBe('rolled_back');
    expect((sync.endedAt ?? 0) - begun).toBeGreaterThan(forgetting.capabilities.settlesWithinMs);
  });
});

describe('a sync that is woken again and again', () => {
  it('is parked after a number of recoveries without progress', async () => {
    const w = syncWorld({ attempts: 1 });
    w.next('debit.commit', ...times<'away'>('away', 400));
    await w.accept();
    await w.rest();
    for (let turn = 0; turn < 2 * mostRecoveries; turn++) {
      const sync = await w.sync();
      await w.tools.syncs.change(sync, 'wake', (now) =>
        recovered(now, now.epoch, 'debit answers again', w.clock.now(), w.tools.limits),
      );
      await w.rest();
    }
    expect(w.paths.length).toBeLessThan(2 * mostRecoveries);
    expect((await w.sync()).state).toBe('parked');
  });
});
