import { describe, expect, it } from 'vitest';
import { direct } from './directed.ts';
import type { Execution } from './machine.ts';
import type { Setting } from './stage.ts';

const stopIn =
  (state: string, ms: number): NonNullable<Setting['entered']> =>
  (execution: Execution, entered, machine, world) => {
    if (entered !== state || execution.input.epoch > 1) return;
    if (ms === 0) machine.stop(execution);
    else world.after(ms, () => machine.stop(execution));
  };

describe('a decision', () => {
  it('S1: to abort is written before the first rollback: the next execution goes on rolling back, and never commits', async () => {
    const { at, accept, sync, end, decisions, entry, sentAt, paths } = await direct({
      moods: { 'vault.prepare': 'refuse' },
      entered: stopIn('Rollback', 12),
    });
    await at(0, () => void accept());
    expect(await end()).toEqual([]);
    expect(paths().map((path) => path.split(' ').at(-1))).toEqual(['Rollback', 'Rollback']);
    expect(decisions()).toEqual(['abort']);
    expect(sync()).toMatchObject({ state: 'rolled_back', epoch: 2 });
    expect(sentAt('vault.prepare')).toHaveLength(1);
    expect(entry('dashboard')).toMatchObject({ state: 'rolled-back', effects: { commit: 0, release: 1 } });
  });

  it('S2: is not made by a late conductor when another has already decided the opposite', async () => {
    const { at, accept, sync, end, decisions, entry, faultsMet } = await direct({
      faults: { 'Prepare.invoke-dashboard.prepare': { pauseMs: 90_000 } },
    });
    await at(0, () => void accept({ deadlineMs: 50_000 }));
    await at(80, () => expect(sync().decision).toMatchObject({ to: 'abort' }));
    expect(await end()).toEqual([]);
    expect(decisions()).toEqual(['abort']);
    expect(sync().state).toBe('rolled_back');
    expect(sync().parts.dashboard?.prepare?.vote).toBe('yes');
    expect(entry('dashboard')).toMatchObject({ state: 'rolled-back' });
    expect(faultsMet()).toEqual(['Prepare.invoke-dashboard.prepare']);
  });

  it('S6: to undo a sync that is not accepted yet stops it when it comes, and no system is called', async () => {
    const { at, accept, undo, sync, end, sent } = await direct();
    const [undone] = await at(0, () => [undo()]);
    const [answer] = await at(5, () => [accept()]);
    expect(await end()).toEqual([]);
    expect(await undone).toEqual({ ok: 'undone' });
    expect(await answer).toEqual({ problem: 'sync-undone' });
    expect(sync().state).toBe('undone');
    expect(sent).toEqual([]);
  });

  it('S12: is not to commit when one yes has expired while another system was still working', async () => {
    const { at, accept, sync, end, sentAt, entry } = await direct({
      taking: ['debit', 'vault', 'depot'],
      holdMs: 20_000,
      moods: { 'depot.prepare': { ongoingMs: 60_000, tells: true } },
    });
    await at(0, () => void accept());
    expect(await end()).toEqual([]);
    expect(sync()).toMatchObject({
      state: 'rolled_back',
      decision: { to: 'abort', why: 'a vote is no longer valid' },
    });
    expect(sentAt('debit.commit')).toEqual([]);
    expect(entry('depot')).toMatchObject({
      state: 'rolled-back',
      effects: { prepare: 1, commit: 0, release: 1 },
    });
  });

  it('S18: of another conductor of the same execution is adopted, so that no watchdog is needed', async () => {
    const { at, accept, sync, end, paths, faultsMet, calls } = await direct({
      faults: {
        'Prepare.invoke-dashboard.prepare': { pauseMs: 70_000 },
        'Prepare.invoke-dashboard.prepare#2': { pauseMs: 20_000 },
      },
    });
    await at(0, () => void accept());
    await at(75, () => expect(sync()).toMatchObject({ decision: { to: 'commit' }, state: 'committing' }));
    expect(await end()).toEqual([]);
    expect(sync()).toMatchObject({ state: 'committed', epoch: 1 });
    expect(paths()).toEqual(['Prepare Wait Prepare Commit']);
    expect(calls.get('watchdog.wake')).toBeUndefined();
    expect(faultsMet()).toHaveLength(2);
  });
});

describe('an execution of a sync', () => {
  it('S3: is separate for two tenants with the same syncId, and an undo by one leaves the other’s sync', async () => {
    const { at, accept, undo, sync, end, partners, machine } = await direct();
    await at(0, () => void accept());
    await at(0.1, () => void accept({ tenant: 'zeta', delta: 7 }));
    await at(20, () => void undo('zeta'));
    expect(await end()).toEqual([]);
    expect([sync('acme').state, sync('zeta').state]).toEqual(['committed', 'undone']);
    expect(partners.books.debit.entries().map(({ state, delta_usd }) => `${state} ${delta_usd}`)).toEqual([
      'committed 25',
      'rolled-back 7',
    ]);
    expect(machine.executions.size).toBe(3);
  });

  it('S10: that disappears is followed by another', async () => {
    const { at, accept, sync, end, calls, paths } = await direct({
      entered: stopIn('Commit', 0),
      ruleless: true,
    });
    await at(0, () => void accept());
    expect(await end()).toEqual([]);
    expect(sync()).toMatchObject({ state: 'committed', epoch: 2 });
    expect(calls.get('watchdog.wake')).toBe(1);
    expect(paths()).toEqual(['Prepare Commit', 'Prepare Commit']);
  });

  it('S10: that is slow and alive is left alone, without a second one', async () => {
    const { at, accept, sync, end, calls, machine } = await direct({
      moods: { 'dashboard.commit': Array(10).fill('busy') },
    });
    await at(0, () => void accept());
    expect(await end()).toEqual([]);
    expect(sync()).toMatchObject({ state: 'committed', epoch: 1 });
    expect(calls.get('watchdog.describe')).toBeGreaterThan(1);
    expect(machine.executions.size).toBe(1);
  });

  it('S13: keeps to the manifests frozen in its plan, whatever a deploy has changed', async () => {
    const { at, accept, sync, end, build, calls } = await direct({
      faults: { 'Prepare.invoke-vault.prepare': { pauseMs: 10_000 } },
    });
    await at(0, () => void accept());
    await at(5, () => undefined);
    const { commit } = build.dashboard.calls;
    const renamed = {
      ...commit,
      method: 'POST' as const,
      path: '/renamed',
      answer: { field: 'status', means: { live: 'yes' as const } },
    };
    build.dashboard = { ...build.dashboard, calls: { ...build.dashboard.calls, commit: renamed } };
    expect(await end()).toEqual([]);
    expect(sync().state).toBe('committed');
    expect(calls.get('adapter.read-manifest')).toBe(1);
  });
});
