import { describe, expect, it } from 'vitest';
import { dryRunSync } from '#domain/syncs/accept/dry-run-sync.ts';
import { masked } from '#domain/syncs/change.ts';
import debit from '#systems/debit.json' with { type: 'json' };
import { type Manifest, manifest } from '#systems/manifest.ts';
import { dryRunToolsOn } from '#wiring/syncs.ts';
import { manifests, outsideToken, syncId, syncWorld, tenant } from './syncs-world.ts';

const type = 'benefit.adjusted';
const payload = { state: 'OH', delta_usd: 25 };
const load = `LS-${outsideToken.replaceAll('-', '')}`;
const rehearse = (systems?: Manifest[]) => {
  const w = syncWorld(systems && { systems });
  return {
    w,
    told: dryRunSync({ tenant, syncId, type, payload }, dryRunToolsOn(w.platform)),
  };
};

describe('a dry run', () => {
  it('says who would be asked what, in order, with the token and the keys of the real calls', async () => {
    const { systems, grade, grade_reason } = await rehearse().told;
    expect(
      systems.map(({ system, requests }) => [
        system,
        requests.map(({ phase, method, path }) => `${phase} ${method} ${path}`),
      ]),
    ).toEqual([
      ['cheques', [`prepare WRITE ${load}.part`, `commit RENAME ${load}.part ${load}.dat`]],
      ['dashboard', ['prepare POST /totals/stage', 'commit POST /totals/publish']],
      ['debit', ['prepare POST /v2/load/dry-run', 'commit POST /v2/load']],
    ]);
    expect(systems[2]?.requests[1]).toMatchObject({
      headers: { 'idempotency-key': `${outsideToken}:debit:commit:0` },
      body: { event_id: outsideToken, delta_usd: 25 },
    });
    expect([grade, grade_reason]).toEqual(['B', expect.stringContaining('debit')]);
  });

  it('asks nobody and writes nothing, so that its key is free for the real one', async () => {
    const { w, told } = rehearse();
    await told;
    expect([w.calls, w.written]).toEqual([[], []]);
    expect(await w.accept()).toMatchObject({ replayed: false });
  });

  it('shows no word of the payload, and of a secret only the header that it goes out in', async () => {
    const text = JSON.stringify(await rehearse().told);
    expect(text).not.toContain('OH');
    expect(text).not.toContain('lockstep/debit');
    expect((await rehearse().told).systems[2]?.requests[0]?.headers).toMatchObject({ 'x-api-key': '•••' });
  });

  it('hides texts however deep they are, and leaves numbers', () => {
    expect(
      masked({
        type: 'unknown',
        payload: { name: 'Ada', at: [{ street: 'Main' }], sum: 3, yes: true, none: null },
      }).payload,
    ).toEqual({
      ...{ name: '•••', at: [{ street: '•••' }], sum: 3, yes: true, none: null },
    });
  });

  it('says who is left out, and why, without the words that decided it', async () => {
    const picky = manifest.parse({
      ...debit,
      takes: { [type]: { when: [{ field: 'payload.state', in: ['PA'] }] } },
    });
    const { skipped, systems } = await rehearse([picky, manifests.cheques]).told;
    expect(skipped).toEqual([{ system: 'debit', inputs: { 'payload.state': '•••' } }]);
    expect(systems.map(({ system }) => system)).toEqual(['cheques']);
  });

  it('puts the one that cannot be undone last, and refuses two of them as the real one does', async () => {
    const { systems, grade } = await rehearse([manifests.gazette, manifests.debit]).told;
    expect(systems.map(({ system, last }) => [system, last])).toEqual([
      ['debit', false],
      ['gazette', true],
    ]);
    expect(grade).toBe('C');
    const second = { ...manifests.gazette, name: 'gazette-two' };
    await expect(rehearse([manifests.gazette, second]).told).rejects.toMatchObject({
      code: 'plan-impossible',
    });
  });

  it('estimates calls, transitions, cost and time, and the real one takes as many calls and transitions', async () => {
    const { w, told } = rehearse();
    const { estimates } = await told;
    await w.accept();
    await w.rest();
    expect([w.calls.length, w.paths.flat().length]).toEqual([estimates.calls, estimates.transitions]);
    expect(estimates).toMatchObject({ calls: 6, transitions: 3, seconds_at_most: 16 });
    expect(estimates.aws_cost_usd).toBeGreaterThan(0.000075);
    expect(estimates.aws_cost_usd).toBeLessThan(0.0005);
    const longer = await rehearse([manifests.gazette, manifests.debit]).told;
    expect(longer.estimates.seconds_at_most).toBeGreaterThan(7);
  });
});
