import { describe, expect, it } from 'vitest';
import { requestPreview } from '#domain/participants/request-preview.ts';
import { dryRunSync, masked } from '#domain/syncs/accept/dry-run-sync.ts';
import debit from '#systems/debit.json' with { type: 'json' };
import { type Manifest, manifest } from '#systems/manifest.ts';
import { manifests, outsideToken, syncId, syncWorld, tenant } from './syncs-world.ts';

const type = 'benefit.adjusted';
const payload = { state: 'OH', delta_usd: 25 };
const load = `LS-${outsideToken.replaceAll('-', '')}`;
const dryRun = (systems?: Manifest[]) => {
  const w = syncWorld(systems && { systems });
  return {
    w,
    result: dryRunSync({ tenant, syncId, type, payload }, { ...w.accepting, requestOf: requestPreview }),
  };
};

describe('a dry run', () => {
  it('lists the requests to each system in order, with the token and keys of the real calls', async () => {
    const { systems, grade, grade_reason } = await dryRun().result;
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

  it('calls no system and writes nothing, so that its Idempotency-Key stays free', async () => {
    const { w, result } = dryRun();
    await result;
    expect([w.calls, w.written]).toEqual([[], []]);
    expect(await w.accept()).toMatchObject({ replayed: false });
  });

  it('shows nothing of the payload, and of a secret only its header’s name', async () => {
    const text = JSON.stringify(await dryRun().result);
    expect(text).not.toContain('OH');
    expect(text).not.toContain('lockstep/debit');
    expect((await dryRun().result).systems[2]?.requests[0]?.headers).toMatchObject({ 'x-api-key': '•••' });
  });

  it('masks texts at any depth, and leaves numbers', () => {
    expect(
      masked('unknown', { name: 'Ada', at: [{ street: 'Main' }], sum: 3, yes: true, none: null }),
    ).toEqual({
      ...{ name: '•••', at: [{ street: '•••' }], sum: 3, yes: true, none: null },
    });
  });

  it('lists the systems that are left out with the fields that decided it, masked', async () => {
    const picky = manifest.parse({
      ...debit,
      takes: { [type]: { when: [{ field: 'payload.state', in: ['PA'] }] } },
    });
    const { skipped, systems } = await dryRun([picky, manifests.cheques]).result;
    expect(skipped).toEqual([{ system: 'debit', inputs: { 'payload.state': '•••' } }]);
    expect(systems.map(({ system }) => system)).toEqual(['cheques']);
  });

  it('puts the system that cannot be undone last, and refuses two of them as acceptance does', async () => {
    const { systems, grade } = await dryRun([manifests.gazette, manifests.debit]).result;
    expect(systems.map(({ system, last }) => [system, last])).toEqual([
      ['debit', false],
      ['gazette', true],
    ]);
    expect(grade).toBe('C');
    const second = { ...manifests.gazette, name: 'gazette-two' };
    await expect(dryRun([manifests.gazette, second]).result).rejects.toMatchObject({
      code: 'plan-impossible',
    });
  });

  it('estimates calls, transitions, cost and time; the real sync takes as many calls and transitions', async () => {
    const { w, result } = dryRun();
    const { estimates } = await result;
    await w.accept();
    await w.rest();
    expect([w.calls.length, w.paths.flat().length]).toEqual([estimates.calls, estimates.transitions]);
    expect(estimates).toMatchObject({ calls: 6, transitions: 3, seconds_at_most: 16 });
    expect(estimates.aws_cost_usd).toBeGreaterThan(0.000075);
    expect(estimates.aws_cost_usd).toBeLessThan(0.0005);
    const longer = await dryRun([manifests.gazette, manifests.debit]).result;
    expect(longer.estimates.seconds_at_most).toBeGreaterThan(7);
  });
});
