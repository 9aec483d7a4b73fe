import { describe, expect, it } from 'vitest';
import { woken } from '#domain/syncs/saga/transitions.ts';
import { unsafe } from '#domain/syncs/tickets/operate-sync.ts';
import { manifests, outsideToken, syncWorld, tenant } from './syncs-world.ts';

const { debit, cheques, letters, gazette } = manifests;
const { query: _, ...unasked } = letters.calls;
/** A letter shop without query. */
const mute = { ...letters, calls: unasked, capabilities: { ...letters.capabilities, query: false } };
const times = <T>(mood: T, count = 20): T[] => Array<T>(count).fill(mood);

describe('a call without an answer', () => {
  it('is not repeated because a gateway answers 404 to its query', async () => {
    const w = syncWorld({ systems: [debit, letters], attempts: 8 });
    w.next('letters.commit', 'lost');
    w.next('letters.query', ...times<'foreign-404'>('foreign-404', 3));
    await w.accept();
    await w.rest();
    expect(w.effects('letters')).toMatchObject({ commit: 1 });
    expect((await w.sync()).state).toBe('committed');
  });

  it('is not repeated by a conductor when an operator wakes the sync at the same moment', async () => {
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

  it('is awaited as long as it may land, before an operator is told that its result is unknown', async () => {
    const w = syncWorld({ systems: [debit, mute], attempts: 8 });
    w.next('letters.commit', 'lost');
    const begun = w.clock.now();
    await w.accept();
    await w.rest();
    expect((await w.sync()).parked?.at).toBeGreaterThan(begun + mute.capabilities.settlesWithinMs);
  });
});

describe('a system that cannot be undone', () => {
  it('that may have committed is not offered a rollback', async () => {
    const w = syncWorld({ systems: [debit, gazette], attempts: 3 });
    w.next('gazette.commit', ...times<'lost'>('lost'));
    await w.accept();
    await w.rest();
    const sync = await w.sync();
    expect(sync.state).toBe('parked');
    expect(unsafe(sync, { action: 'force-rollback' })).toContain('cannot be undone');
  });

  it('is not called again while its first call may land, so that a refusal cannot overtake a yes', async () => {
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

  it('has nothing to undo after its refusal: the others are rolled back and the sync ends', async () => {
    const w = syncWorld({ systems: [debit, gazette], attempts: 3 });
    w.next('gazette.commit', ...times<'refuse'>('refuse'));
    await w.accept({ onCommitFailure: 'compensate' });
    await w.rest();
    expect((await w.sync()).state).toBe('undone');
    expect(w.state('debit')).toBe('rolled-back');
    expect(w.calls).not.toContain('gazette.rollback');
  });
});

describe('a refused commit under "compensate"', () => {
  it('is final: the refusing system is not called again while others are unknown', async () => {
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

describe('a committed system that reports the sync as absent', () => {
  it('is not called again: the sync is parked at once', async () => {
    const w = syncWorld();
    await w.accept();
    await w.rest();
    w.next('debit.rollback', 'absent');
    await w.undo();
    await w.rest();
    expect(await w.sync()).toMatchObject({
      state: 'parked',
      parked: { why: expect.stringContaining('never heard of it') },
      waitingFor: [],
    });
    expect(w.calls.filter((call) => call === 'debit.rollback')).toHaveLength(1);
  });
});

describe('a caller’s Step Functions task', () => {
  it('is answered under its newest token, even after the sync has ended', async () => {
    const w = syncWorld();
    await w.accept({ taskToken: 'first' });
    await w.accept({ taskToken: 'second' });
    expect((await w.tools.syncs.read(tenant, outsideToken))?.taskToken).toBe('second');
    await w.rest();
    await w.accept({ taskToken: 'third' });
    expect(w.answered).toEqual(['third']);
  });
});
