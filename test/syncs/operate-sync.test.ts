import { expect, it } from 'vitest';
import { unsafe } from '#domain/syncs/tickets/operate-sync.ts';
import { syncWorld } from './syncs-world.ts';

it('skip and mark-done are offered only for systems with a possible effect, not for one that reserved nothing', async () => {
  const w = syncWorld({ attempts: 0 });
  w.next('cheques.prepare', 'refuse');
  w.next('dashboard.rollback', 'away');
  await w.accept();
  await w.rest();
  const sync = await w.sync();
  expect(sync).toMatchObject({ state: 'parked', decision: { to: 'abort' } });
  for (const action of ['skip', 'mark-done'] as const) {
    expect(unsafe(sync, { action, system: 'debit' })).toContain('Nothing is left at debit');
    expect(unsafe(sync, { action, system: 'cheques' })).toContain('Nothing is left at cheques');
    expect(unsafe(sync, { action, system: 'dashboard' })).toBeUndefined();
  }
});
