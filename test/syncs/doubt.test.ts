import { describe, expect, it } from 'vitest';
import { woken } from '#domain/syncs/saga/transitions.ts';
import { unsafeReason } from '#domain/syncs/tickets/operate-sync.ts';
import { manifests, outsideToken, syncWorld, tenant } from './syncs-world.ts';

const { debit, cheques, letters, gazette } = manifests;
const { query: _, ...unasked } = letters.calls;
/** A letter shop that cannot be asked what it has sent. */
const mute = { ...letters, calls: unasked, capabilities: { ...letters.capabilities, query: false } };
const times = <T>(mood: T, count = 20): T[] => Array<T>(count).fill(mood);

describe('a call whose answer was lost', () => {
  it('is not made again because a gateway in front of the system has no route for the question', async () => {
    const w = syncWorld({ systems: [debit, letters], attempts: 8 });
    w.next('letters.commit', 'lost');
    w.next('letters.query', ...times<'foreign-404'>('foreign-404', 3));
    await w.accept();
    await w.rest();
    expect(w.effects('letters')).toMatchObject({ commit: 1 });
    expect((await w.sync()).state).toBe('committed');
  });

  it('is not made again by a conductor that finds the doubt while somebody else wakes the sync', async () => {
    const w = syncWorld({ systems: [debit, mute], attempts: 8 });
    w.next('letters.commit', 'lost');
    const change = w.tools.syncs.change;
    let overtaken = false;
    w.tools.syncs.change = async (from, label, reduce) => {
      if (label === 'park' && !overtaken) {
        overtaken = true;
        await change(from, 'wake', (now) =>
          woken(now, now.epoch, 'an operator', w.clock.now(), w.tools.limits),
        );
      }
      return change(from, label, reduce);
    };
    await w.accept();
    await w.rest();
    expect(overtaken).toBe(true);
    expect(w.effects('letters')).toMatchObject({ commit: 1 });
    expect((await w.sync()).state).toBe('parked');
  });

  it('waits until it can no longer be under way before anybody is told that nobody knows', async () => {
    const w = syncWorld({ systems: [debit, mute], attempts: 8 });
    w.next('letters.commit', 'lost');
    const begun = w.clock.now();
    await w.accept();
    await w.rest();
    expect((await w.sync()).parked?.at).toBeGreaterThan(begun + mute.capabilities.settlesWithinMs);
  });
});

describe('a system that cannot be undone', () => {
  it('and may have committed is not offered a rollback', async () => {
    const w = syncWorld({ systems: [debit, gazette], attempts: 3 });
    w.next('gazette.commit', ...times<'lost'>('lost'));
    await w.accept();
    await w.rest();
    const sync = await w.sync();
    expect(sync.state).toBe('parked');
    expect(unsafeReason(sync, { action: 'force-rollback' })).toContain('cannot be undone');
  });

  it('is not asked again while its first call may still be under way, so that a refusal can never overtake a yes', async () => {
    const w = syncWorld({ systems: [debit, gazette], attempts: 8 });
    w.next('gazette.commit', 'silent', 'refuse');
    const asked: number[] = [];
    w.next('gazette.commit');
    const ask = w.tools.ask;
    w.tools.ask = (one) => {
      if (one.system.name === 'gazette' && one.phase === 'commit') asked.push(w.clock.now());
      return ask(one);
    };
    await w.accept({ onCommitFailure: 'compensate' });
    await w.rest();
    expect(asked.length).toBeGreaterThan(1);
    expect((asked[1] ?? 0) - (asked[0] ?? 0)).toBeGreaterThan(5_000 + gazette.capabilities.settlesWithinMs);
  });

  it('owes nothing when it has refused: the others are taken back and the sync ends', async () => {
    const w = syncWorld({ systems: [debit, gazette], attempts: 3 });
    w.next('gazette.commit', ...times<'refuse'>('refuse'));
    await w.accept({ onCommitFailure: 'compensate' });
    await w.rest();
    expect((await w.sync()).state).toBe('undone');
    expect(w.state('debit')).toBe('rolled-back');
    expect(w.calls).not.toContain('gazette.rollback');
  });
});

describe('a refusal that is to be reversed', () => {
  it('stands: the one who refused is not asked again while the others are still unsure', async () => {
    const w = syncWorld({ systems: [debit, cheques], attempts: 8 });
    w.next('debit.commit', 'refuse', 'lost');
    w.next('cheques.commit', 'silent');
    await w.accept({ onCommitFailure: 'compensate' });
    await w.rest();
    expect((await w.sync()).state).toBe('undone');
    expect(w.calls.filter((call) => call === 'debit.commit')).toHaveLength(1);
    expect(w.effects('debit')?.commit ?? 0).toBe(0);
  });
});

describe('a system that has committed and then has never heard of it', () => {
  it('is not asked until it agrees: a person is told at once', async () => {
    const w = syncWorld();
    await w.accept();
    await w.rest();
    w.next('debit.rollback', 'absent');
    await w.undo();
    await w.rest();
    expect(await w.sync()).toMatchObject({
      state: 'parked',
      parked: { why: expect.stringContaining('no record of it') },
      waitingFor: [],
    });
    expect(w.calls.filter((call) => call === 'debit.rollback')).toHaveLength(1);
  });
});

describe('a caller that is itself a task', () => {
  it('is answered under its newest token, also when the sync has already ended', async () => {
    const w = syncWorld();
    await w.accept({ taskToken: 'first' });
    await w.accept({ taskToken: 'second' });
    expect((await w.tools.syncs.read(tenant, outsideToken))?.taskToken).toBe('second');
    await w.rest();
    await w.accept({ taskToken: 'third' });
    expect(w.answered).toEqual(['third']);
  });
});
