import { describe, expect, it } from 'vitest';
import { findSync } from '#domain/syncs/syncs.ts';
import { undoPlan } from '#domain/syncs/undo/undo-plan.ts';
import { manifests, type SyncWorld, syncId, syncWorld, tenant } from './syncs-world.ts';

const planOf = async (w: SyncWorld) =>
  undoPlan(syncId, await findSync(w.store, tenant, syncId), w.clock.now());
const would = async (w: SyncWorld) =>
  Object.fromEntries((await planOf(w)).body.systems.map(({ system, would }) => [system, would]));
const dayMs = 86_400_000;

describe('the undo plan', () => {
  it('of a sync that is not accepted yet says that it will never begin', async () => {
    expect((await planOf(syncWorld())).body).toMatchObject({
      regime: 'before it came',
      possible: true,
      systems: [],
    });
  });

  it('before the decision releases reservations, and has nothing to do at the other systems', async () => {
    const w = syncWorld({ attempts: 0 });
    await w.accept();
    expect(await would(w)).toEqual({ cheques: 'nothing', dashboard: 'nothing', debit: 'nothing' });
    w.next('dashboard.prepare', 'silent');
    await w.rest();
    expect((await planOf(w)).body).toMatchObject({ regime: 'before decision', possible: true });
    expect(await would(w)).toEqual({ cheques: 'release', dashboard: 'release', debit: 'nothing' });
  });

  it('during commit reverses after the commit', async () => {
    const w = syncWorld({ attempts: 0 });
    w.next('debit.commit', 'away');
    await w.accept();
    await w.rest();
    const { body } = await planOf(w);
    expect(body).toMatchObject({ regime: 'during commit', possible: true });
    expect(await would(w)).toEqual({ cheques: 'reverse', dashboard: 'reverse', debit: 'reverse' });
    expect(body.systems.find(({ system }) => system === 'debit')).not.toHaveProperty('until');
    expect(body.systems.find(({ system }) => system === 'cheques')).toHaveProperty('until');
  });

  it('after success shows until when each system can reverse', async () => {
    const w = syncWorld();
    await w.accept();
    await w.rest();
    const { etag, body } = await planOf(w);
    expect(body).toMatchObject({ regime: 'after success', possible: true });
    expect(body.systems).toMatchObject([
      { system: 'cheques', would: 'reverse', until: '2027-01-22T08:00:00.000Z', seconds_left: 604_800 },
      { system: 'dashboard', would: 'reverse' },
      { system: 'debit', would: 'reverse', until: '2027-02-14T08:00:00.000Z' },
    ]);
    w.pass(60_000);
    const later = await planOf(w);
    expect(later.etag).toBe(etag);
    expect(later.body.systems[0]).toMatchObject({ seconds_left: 604_740 });
  });

  it('is impossible once the window of one system is over, and so is the undo', async () => {
    const w = syncWorld();
    await w.accept();
    await w.rest();
    const before = await planOf(w);
    w.pass(7 * dayMs + 1);
    const { etag, body } = await planOf(w);
    expect(etag).not.toBe(before.etag);
    expect(body.possible).toBe(false);
    expect(await would(w)).toEqual({ cheques: 'cannot', dashboard: 'reverse', debit: 'reverse' });
    expect(body.systems[0]).toMatchObject({ seconds_left: 0, why: 'The time to undo it there is over.' });
    await expect(w.undo()).rejects.toMatchObject({ code: 'undo-refused' });
  });

  it('is impossible after the commit of a system that can never be undone', async () => {
    const w = syncWorld({ systems: [manifests.debit, manifests.gazette] });
    await w.accept();
    expect((await planOf(w)).body.possible).toBe(true);
    await w.rest();
    expect((await planOf(w)).body).toMatchObject({ regime: 'after success', possible: false });
    expect(await would(w)).toEqual({ debit: 'reverse', gazette: 'cannot' });
    await expect(w.undo()).rejects.toMatchObject({ code: 'undo-refused' });
  });

  it('has nothing left to do for a sync that was rolled back or undone', async () => {
    const refused = syncWorld();
    refused.next('debit.prepare', 'refuse');
    await refused.accept();
    await refused.rest();
    const undone = syncWorld();
    await undone.accept();
    await undone.rest();
    await undone.undo();
    await undone.rest();
    for (const w of [refused, undone]) {
      expect((await planOf(w)).body).toMatchObject({ regime: 'nothing left', possible: true });
      expect(new Set(Object.values(await would(w)))).toEqual(new Set(['nothing']));
    }
    expect((await planOf(undone)).body).toHaveProperty('undo_asked_at');
  });

  it('comes true: what it would release or reverse has no effect left afterwards', async () => {
    const w = syncWorld();
    await w.accept();
    await w.rest();
    expect(new Set(Object.values(await would(w)))).toEqual(new Set(['reverse']));
    await w.undo();
    await w.rest();
    for (const name of ['debit', 'cheques', 'dashboard'] as const)
      expect(w.state(name), name).toBe('rolled-back');
  });
});
