import { describe, expect, it } from 'vitest';
import { manifestDigest, planFor, planSync, tooMany } from '#domain/syncs/accept/plan-sync.ts';
import type { Condition, Manifest } from '#systems/manifest.ts';
import { manifests, syncWorld } from './syncs-world.ts';

const { debit, cheques, dashboard, letters, gazette } = manifests;
/** Cannot be undone either, and comes first by name. */
const almanac = { ...gazette, name: 'almanac' };
const type = 'benefit.adjusted';
const payload = { state: 'OH', delta_usd: 25 };
const plan = (...systems: Manifest[]) => planSync(type, payload, systems);
const namesOf = ({ systems }: { systems: { name: string }[] }) => systems.map(({ name }) => name);
const when = (system: Manifest, ...conditions: Condition[]): Manifest => ({
  ...system,
  takes: { [type]: { when: conditions } },
});

describe('the plan of a sync', () => {
  it('calls the system that cannot be undone last, and the others by name', () => {
    for (const systems of [
      [almanac, debit, cheques],
      [cheques, almanac, debit],
      [debit, cheques, almanac],
    ])
      expect(namesOf(plan(...systems))).toEqual(['cheques', 'debit', 'almanac']);
    expect(plan(almanac, debit).systems.map(({ last }) => last)).toEqual([false, true]);
  });

  it('allows one system that cannot be undone, and names them when there are more', async () => {
    expect(tooMany(plan(gazette, debit, almanac)).map(({ name }) => name)).toEqual(['almanac', 'gazette']);
    expect(tooMany(plan(gazette, debit))).toEqual([]);
    await expect(
      planFor(type, payload, { systems: async () => [gazette, almanac, debit] }),
    ).rejects.toMatchObject({
      code: 'plan-impossible',
      extras: { detail: 'almanac and gazette cannot be undone, and only one can be asked last.' },
    });
    const w = syncWorld({ systems: [gazette, almanac] });
    await expect(w.accept()).rejects.toMatchObject({ code: 'plan-impossible' });
    expect([await w.sync(), w.calls]).toEqual([undefined, []]);
  });

  it('freezes each system’s capabilities, its longest call, and the digest of its manifest', () => {
    expect(plan(debit).systems).toEqual([
      {
        ...{
          name: 'debit',
          title: 'Debit-Card Vendor',
          adapter: 'rest',
          last: false,
          reachMs: 5_000,
          undoWindowSeconds: 2_592_000,
        },
        ...{
          prepare: 'dry-run',
          undo: 'inverse',
          query: true,
          idempotent: 'native-key',
          tombstone: true,
          settlesWithinMs: 10_000,
        },
        digest: manifestDigest(debit),
      },
    ]);
    expect(plan(dashboard).systems, 'it knows of a batch what it comes to, and no item').toMatchObject([
      { totals: true },
    ]);
    expect(manifestDigest({ ...debit, title: 'Other' })).not.toBe(manifestDigest(debit));
    expect(manifestDigest(Object.fromEntries(Object.entries(debit).reverse()) as Manifest)).toBe(
      manifestDigest(debit),
    );
  });
});

describe('the grade of a plan', () => {
  it.each<[string, Manifest[], string]>([
    ['A', [cheques, dashboard], 'every system reserves before it commits, and can be undone'],
    ['B', [cheques, debit], 'debit only looks before it commits, and holds nothing'],
    ['C', [gazette, debit, cheques], 'gazette cannot be undone, so it is asked last'],
    ['D', [letters, gazette, cheques], 'letters cannot recognise a repeat: a lost answer may need a person'],
  ])('is %s by its weakest system, with the reason', (grade, systems, gradeReason) => {
    expect(plan(...systems)).toMatchObject({ grade, gradeReason });
  });
});

describe('the policy of a plan', () => {
  it('leaves out systems whose conditions do not hold, and records the fields that decided', () => {
    const northern = when(
      debit,
      { field: 'payload.state', in: ['OH', 'MI'] },
      { field: 'payload.delta_usd', atLeast: 10 },
    );
    const southern = when(cheques, { field: 'payload.state', in: ['TX'] });
    const found = plan(northern, southern, dashboard);
    expect(namesOf(found)).toEqual(['dashboard', 'debit']);
    expect(found.policy).toEqual([
      { system: 'debit', takes: true, inputs: { 'payload.state': 'OH', 'payload.delta_usd': 25 } },
      { system: 'cheques', takes: false, inputs: { 'payload.state': 'OH' } },
      { system: 'dashboard', takes: true, inputs: {} },
    ]);
  });

  it.each<[Condition, boolean]>([
    [{ field: 'payload.delta_usd', atLeast: 25 }, true],
    [{ field: 'payload.delta_usd', atLeast: 26 }, false],
    [{ field: 'payload.delta_usd', atMost: 25 }, true],
    [{ field: 'payload.delta_usd', atMost: 24 }, false],
    [{ field: 'payload.delta_usd', in: ['25'] }, false],
    [{ field: 'payload.state', atLeast: 0 }, false],
    [{ field: 'payload.nothing', in: ['OH'] }, false],
    [{ field: 'payload.state.length', atMost: 5 }, false],
    [{ field: 'type', in: [type] }, true],
  ])('%j: %s', (condition, takes) => {
    expect(plan(when(debit, condition)).policy[0]?.takes).toBe(takes);
  });

  it('ignores systems that do not take the type, and refuses a type that none takes', async () => {
    const elsewhere = { ...debit, takes: { 'other.type': { when: [] } } };
    expect(plan(elsewhere, cheques).policy.map(({ system }) => system)).toEqual(['cheques']);
    await expect(planFor(type, payload, { systems: async () => [elsewhere] })).rejects.toMatchObject({
      code: 'unknown-event-type',
    });
  });
});
