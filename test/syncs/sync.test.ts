import { describe, expect, it } from 'vitest';
import { syncWorld } from './syncs-world.ts';

describe('a change in three systems', () => {
  it('is prepared, decided and committed in all of them; then one token undoes it', async () => {
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

  it('is committed in none of them when one refuses', async () => {
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

  it('is aborted at its deadline when a system is unavailable', async () => {
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

  it('is committed once although the answer to a commit was lost', async () => {
    const w = syncWorld();
    w.next('debit.commit', 'lost');
    await w.accept();
    await w.rest();
    expect((await w.sync()).state).toBe('committed');
    expect(w.effects('debit')).toMatchObject({ commit: 1 });
  });

  it('is parked when a system refuses to commit after its yes', async () => {
    const w = syncWorld();
    w.next('debit.commit', ...Array<'refuse'>(3).fill('refuse'));
    await w.accept();
    await w.rest();
    expect(await w.sync()).toMatchObject({
      state: 'parked',
      parked: { why: 'debit refuses to commit: declined' },
    });
  });

  it('is undone when a system refuses to commit, under "compensate"', async () => {
    const w = syncWorld();
    w.next('debit.commit', 'refuse');
    await w.accept({ onCommitFailure: 'compensate' });
    await w.rest();
    expect(await w.sync()).toMatchObject({ state: 'undone', decision: { to: 'undo' } });
    expect([w.state('cheques'), w.state('dashboard')]).toEqual(['rolled-back', 'rolled-back']);
  });

  it('calls only the systems whose policy takes it, and the ledger has the fields that decided', async () => {
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
