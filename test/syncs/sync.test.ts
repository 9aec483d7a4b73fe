import { describe, expect, it } from 'vitest';
import { syncWorld } from './syncs-world.ts';

describe('one change in three systems', () => {
  it('is asked for everywhere, decided, and done everywhere; then one token takes it back', async () => {
    const w = syncWorld();
    await w.accept();
    await w.rest();
    expect(await w.sync()).toMatchObject({ state: 'committed', decision: { to: 'commit' } });
    expect([w.state('debit'), w.state('cheques'), w.state('dashboard')]).toEqual([
      'committed',
      'committed',
      'committed',
    ]);
    await w.undo();
    await w.rest();
    expect((await w.sync()).state).toBe('undone');
    expect([w.state('debit'), w.state('cheques'), w.state('dashboard')]).toEqual([
      'rolled-back',
      'rolled-back',
      'rolled-back',
    ]);
    expect(w.events.map(({ type }) => type)).toEqual([
      'sync.accepted',
      'sync.committed',
      'success',
      'sync.undone',
    ]);
  });

  it('happens nowhere when one refuses', async () => {
    const w = syncWorld();
    w.next('cheques.prepare', 'refuse');
    await w.accept();
    await w.rest();
    expect(await w.sync()).toMatchObject({
      state: 'rolled_back',
      decision: { to: 'abort', why: 'cheques refuses: declined' },
    });
    expect(w.effects('dashboard')).toMatchObject({ commit: 0, release: 1 });
  });

  it('is aborted at its deadline when one cannot be reached in time', async () => {
    const w = syncWorld({ attempts: 8 });
    w.next('dashboard.prepare', ...Array<'away'>(20).fill('away'));
    await w.accept({ deadline: w.clock.now() + 10_000 });
    await w.rest();
    expect((await w.sync()).decision).toMatchObject({
      to: 'abort',
      why: expect.stringContaining('without a yes: dashboard'),
    });
    expect([w.state('debit'), w.state('cheques')]).toEqual(['absent', 'rolled-back']);
  });

  it('is done once although the answer to its commit was lost', async () => {
    const w = syncWorld();
    w.next('debit.commit', 'lost');
    await w.accept();
    await w.rest();
    expect((await w.sync()).state).toBe('committed');
    expect(w.effects('debit')).toMatchObject({ commit: 1 });
  });

  it('is left to a person when a system that had agreed refuses to commit', async () => {
    const w = syncWorld();
    w.next('debit.commit', ...Array<'refuse'>(3).fill('refuse'));
    await w.accept();
    await w.rest();
    expect(await w.sync()).toMatchObject({
      state: 'parked',
      parked: { why: 'debit refuses to commit: declined' },
    });
  });

  it('is taken back when a system refuses to commit, if that was asked for', async () => {
    const w = syncWorld();
    w.next('debit.commit', 'refuse');
    await w.accept({ onCommitFailure: 'compensate' });
    await w.rest();
    expect(await w.sync()).toMatchObject({ state: 'undone', decision: { to: 'undo' } });
    expect([w.state('cheques'), w.state('dashboard')]).toEqual(['rolled-back', 'rolled-back']);
  });

  it('is asked only of the systems whose policy takes it, and the ledger says what was looked at', async () => {
    const { manifests } = await import('./syncs-world.ts');
    const ohio = {
      ...manifests.dashboard,
      takes: { 'benefit.adjusted': { when: [{ field: 'payload.state', in: ['MI'] }] } },
    };
    const w = syncWorld({ systems: [manifests.debit, ohio] });
    await w.accept();
    await w.rest();
    expect((await w.sync()).state).toBe('committed');
    expect(w.state('dashboard')).toBe('absent');
    const policy = (await w.ledger()).find(
      ({ system, action }) => system === 'dashboard' && action === 'policy',
    );
    expect(policy).toMatchObject({ result: 'skipped', detail: '{"payload.state":"OH"}' });
  });
});
