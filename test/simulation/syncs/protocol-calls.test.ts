import { describe, expect, it } from 'vitest';
import { direct } from './directed.ts';

describe('a call to a system', () => {
  it('S4: that lands late at a system without tombstones is awaited, and then rolled back', async () => {
    const { at, accept, sync, end, entry, sentAt } = await direct({
      taking: ['debit', 'vault', 'depot'],
      moods: { 'vault.prepare': 'refuse', 'depot.prepare': { lateMs: 9_000 } },
    });
    await at(0, () => void accept());
    expect(await end()).toEqual([]);
    expect(sync().state).toBe('rolled_back');
    expect(sentAt('depot.rollback')[0]).toBeGreaterThan(9);
    expect(entry('depot')).toMatchObject({ state: 'rolled-back', effects: { prepare: 1, release: 1 } });
  });

  it('S4: that lands late at a system with tombstones is refused there', async () => {
    const { at, accept, sync, end, entry, faultsMet } = await direct({
      moods: { 'vault.prepare': 'refuse', 'dashboard.prepare': { lateMs: 9_400 } },
      faults: { 'Rollback.read-sync': { pauseMs: 50 } },
    });
    await at(0, () => void accept());
    expect(await end()).toEqual([]);
    expect(sync().state).toBe('rolled_back');
    expect(entry('dashboard')?.effects).toMatchObject({ commit: 0 });
    expect(entry('dashboard')?.state).toBe('rolled-back');
    expect(faultsMet()).toHaveLength(1);
  });

  it('S5: is not sent by a process that was frozen since it read the sync, however the sync has ended', async () => {
    const { at, accept, undo, sync, end, sentAt, faultsMet } = await direct({
      faults: { 'Prepare.read-sync': { pauseMs: 40_000 } },
    });
    await at(0, () => void accept());
    await at(2, () => void undo());
    await at(39, () => expect(sync().state).toBe('undone'));
    expect(await end()).toEqual([]);
    expect(['debit', 'vault', 'dashboard'].flatMap((name) => sentAt(`${name}.prepare`))).toEqual([]);
    expect(faultsMet()).toEqual(['Prepare.read-sync']);
  });

  it('of a conductor that crashed before it wrote the call down is rolled back with the rest', async () => {
    const { at, accept, undo, sync, end, entry, faultsMet } = await direct({
      faults: { 'Prepare.prepare': { kind: 'crash-before' } },
    });
    await at(0, () => void accept());
    await at(1, () => void undo());
    expect(await end()).toEqual([]);
    expect(sync().state).toBe('undone');
    expect(entry('dashboard')).toMatchObject({ state: 'rolled-back', effects: { prepare: 1, release: 1 } });
    expect(faultsMet()).toEqual(['Prepare.prepare']);
  });

  it('S8: that cannot be undone is not made when another system has refused to commit', async () => {
    const { at, accept, sync, end, sentAt, entry } = await direct({
      taking: ['debit', 'vault', 'gazette'],
      moods: { 'debit.commit': { forEver: 'refuse' } },
    });
    await at(0, () => void accept({ onCommitFailure: 'compensate' }));
    expect(await end()).toEqual([]);
    expect(sync().state).toBe('undone');
    expect(sentAt('gazette.commit')).toEqual([]);
    expect(entry('vault')).toMatchObject({ effects: { commit: 1, rollback: 1 } });
  });

  it('S9: that cannot recognise a repeat is not repeated by the next conductor, which queries it', async () => {
    const { at, accept, sync, end, sentAt, entry, faultsMet } = await direct({
      taking: ['debit', 'vault', 'letters'],
      faults: { 'Commit.invoke-letters.commit': { kind: 'crash-after' } },
    });
    await at(0, () => void accept());
    expect(await end()).toEqual([]);
    expect(sync().state).toBe('committed');
    expect(sentAt('letters.commit')).toHaveLength(1);
    expect(sentAt('letters.query')).toHaveLength(1);
    expect(entry('letters')?.effects.commit).toBe(1);
    expect(faultsMet()).toEqual(['Commit.invoke-letters.commit']);
  });

  it('S16: that cannot be undone is not made by a conductor that was frozen through the decision to undo', async () => {
    const { at, accept, sync, end, sentAt, entry, faultsMet } = await direct({
      taking: ['debit', 'vault', 'gazette'],
      moods: { 'gazette.commit': ['refuse'] },
      faults: { 'Commit.invoke-vault.commit': { pauseMs: 70_000 } },
    });
    await at(0, () => void accept({ onCommitFailure: 'compensate' }));
    await at(69, () => expect(sync().decision?.to).toBe('undo'));
    expect(await end()).toEqual([]);
    expect(sentAt('gazette.commit')).toHaveLength(1);
    expect(entry('gazette')?.effects.commit).toBe(0);
    expect(sync().state).toBe('undone');
    expect(faultsMet()).toHaveLength(1);
  });

  it('S16: with an unknown result is left to an operator when another system refuses: nothing is reversed on a guess', async () => {
    const { at, accept, sync, end, sentAt } = await direct({
      taking: ['debit', 'vault', 'letters'],
      moods: { 'debit.commit': { forEver: 'refuse' }, 'letters.commit': { lateMs: 1_000 } },
    });
    await at(0, () => void accept({ onCommitFailure: 'compensate' }));
    expect(await end()).toEqual([]);
    expect(sync()).toMatchObject({ state: 'parked', decision: { to: 'commit' } });
    expect(sync().parked?.why).toContain('nobody knows whether letters has');
    expect(sentAt('vault.rollback')).toEqual([]);
  });

  it('S19: that was lost is queried only when it can no longer land, and is not repeated', async () => {
    const { at, accept, sync, end, sentAt, entry } = await direct({
      taking: ['debit', 'vault', 'letters'],
      moods: { 'letters.commit': { lateMs: 9_000 } },
    });
    await at(0, () => void accept());
    expect(await end()).toEqual([]);
    expect(sentAt('letters.commit')).toHaveLength(1);
    expect(sentAt('letters.query')[0]).toBeGreaterThan((sentAt('letters.commit')[0] ?? 0) + 20);
    expect(entry('letters')?.effects.commit).toBe(1);
    expect(sync().state).toBe('committed');
  });
});
