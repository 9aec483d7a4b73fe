import { describe, expect, it } from 'vitest';
import { direct } from './directed.ts';

describe('an answer', () => {
  it('of yes to a call that was never written down is accepted, and rolled back with the rest', async () => {
    const { at, accept, undo, sync, end, entry, faultsMet } = await direct({
      taking: ['debit', 'vault', 'depot'],
      moods: { 'depot.prepare': { ongoingMs: 60_000, tells: true } },
      faults: { 'Prepare.prepare': { kind: 'crash-before' } },
    });
    await at(0, () => void accept());
    await at(1, () => void undo());
    await at(59, () =>
      expect(sync()).toMatchObject({ state: 'undone', parts: { depot: { rollback: { vote: 'yes' } } } }),
    );
    expect(await end()).toEqual([]);
    expect(sync()).toMatchObject({ state: 'undone', epoch: 3 });
    expect(entry('depot')).toMatchObject({ state: 'rolled-back', effects: { prepare: 1, release: 1 } });
    expect(faultsMet()).toHaveLength(1);
  });

  it('S11: that meets an undo in the item is merged into it, and no system is called twice', async () => {
    const { at, accept, undo, sync, end, sentAt, entry, faultsMet } = await direct({
      faults: { 'Commit.invoke-vault.commit': { pauseMs: 5_000 } },
    });
    await at(0, () => void accept());
    await at(2, () => void undo());
    expect(await end()).toEqual([]);
    for (const name of ['debit', 'vault', 'dashboard']) expect(sentAt(`${name}.commit`)).toHaveLength(1);
    expect(sync().state).toBe('undone');
    expect(entry('vault')?.effects).toMatchObject({ commit: 1, rollback: 1 });
    expect(faultsMet()).toHaveLength(1);
  });

  it('S11: that came by a hook is not replaced by an older “ongoing”', async () => {
    const { at, accept, sync, end, writes, faultsMet } = await direct({
      moods: { 'vault.prepare': { ongoingMs: 8_000, tells: true } },
      faults: { 'Prepare.invoke-vault.query': { pauseMs: 10_000 } },
    });
    await at(0, () => void accept());
    await at(9, () => expect(sync().parts.vault?.prepare).toMatchObject({ vote: 'yes', by: 'its hook' }));
    expect(await end()).toEqual([]);
    expect(sync()).toMatchObject({ state: 'committed', parts: { vault: { prepare: { vote: 'yes' } } } });
    expect(writes.some(({ process, epoch }) => process === 'Prepare' && epoch === 1)).toBe(true);
    expect(faultsMet()).toHaveLength(1);
  });

  it('S17: of yes during its rollback is rolled back once more', async () => {
    const { at, accept, sync, end, entry, sentAt, faultsMet } = await direct({
      taking: ['debit', 'vault', 'depot'],
      moods: { 'vault.prepare': 'refuse', 'depot.prepare': { ongoingMs: 40_000, tells: true } },
      faults: { 'Rollback.invoke-depot.rollback': { pauseMs: 30_000 } },
    });
    await at(0, () => void accept());
    await at(30, () => expect(sentAt('depot.rollback')).toHaveLength(1));
    expect(await end()).toEqual([]);
    expect(sync()).toMatchObject({ state: 'rolled_back', decision: { to: 'abort' }, epoch: 2 });
    expect(sentAt('depot.rollback').length).toBeGreaterThan(1);
    expect(entry('depot')).toMatchObject({ state: 'rolled-back', effects: { prepare: 1, release: 1 } });
    expect(faultsMet()).toHaveLength(1);
  });
});
