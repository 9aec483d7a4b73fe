import { describe, expect, it } from 'vitest';
import type { ParticipantAnswer } from '#domain/syncs/saga/answers.ts';
import { readRollback } from '#domain/syncs/saga/rollback.ts';
import type { Sync } from '#domain/syncs/sync.ts';
import { loadSystem } from '#systems/load.ts';
import type { Manifest } from '#systems/manifest.ts';
import { type Phase, phases } from '#systems/protocol.ts';
import { adapters, openParticipant, pairs, participants } from './participants.ts';
import { type Order, protocolOf } from './protocols.ts';

const outage = { vote: 'unknown', sent: true };
/** Phases that the system has done before each phase. */
const past: Record<Phase, Phase[]> = { prepare: [], commit: ['prepare'], rollback: ['prepare', 'commit'] };
const phasesOf = (system: Manifest) => phases.filter((phase) => system.calls[phase]);

it('every adapter has a system, and every system has an adapter', () => {
  expect(adapters.length).toBeGreaterThan(0);
  expect(participants.length).toBeGreaterThan(3);
  const names = adapters.map(([name]) => name);
  expect(new Set(participants.map(({ adapter }) => adapter))).toEqual(new Set(names));
});

it.each(Object.keys(import.meta.glob('/systems/*.json')))('%s is loaded by its name', async (file) => {
  const name = file.slice('/systems/'.length, -'.json'.length);
  expect(await loadSystem(name)).toMatchObject({ name });
});

const rows = pairs.flatMap(([, , adapter, system]) =>
  phasesOf(system).map((phase) => [system.name, phase, adapter, system] as const),
);

describe.each(rows)('%s on %s', (_, phase, adapter, system) => {
  const open = () => openParticipant(adapter, system, past[phase]);
  const protocol = protocolOf(system);
  /** The answer when the stand-in behaves like this, after a check that it did. */
  async function voteUnder({ call, behaviour, ...more }: Order) {
    const office = await open();
    await office.misbehave({ call, behaviour, ...more });
    const said = await office.ask(phase);
    expect((await office.books()).arrivals, behaviour).toContainEqual(
      expect.objectContaining({ call, behaviour }),
    );
    return said;
  }

  it('is a yes, and a repeat under the same key is a yes without a second effect', async () => {
    const office = await open();
    const isDated = system.calls[phase]?.answer?.validUntil !== undefined;
    for (const _ of [1, 2])
      expect(await office.ask(phase)).toEqual({
        vote: 'yes',
        ...protocol.says,
        ...(isDated && { validUntil: expect.any(Number) }),
      });
    const effects = Object.values(await office.effects());
    if (system.capabilities.idempotent !== 'none') expect(effects.filter((times) => times > 1)).toEqual([]);
  });

  it('is a no for a definite refusal, also inside a 200', async () => {
    for (const { order, reason } of protocol.refusals[phase])
      expect(await voteUnder(order)).toEqual({ vote: 'no', reason });
  });

  it('reports an outage as unknown, never as a refusal', async () => {
    for (const order of protocol.outages[phase])
      expect(await voteUnder(order), JSON.stringify(order)).toMatchObject(outage);
    expect(protocol.outages[phase].length).toBeGreaterThanOrEqual(3);
  });

  it('reports that nothing was sent once the system refuses connections', async () => {
    for (const order of protocol.deaths[phase]) {
      const office = await open();
      await office.misbehave(order);
      expect([await office.ask(phase), await office.ask(phase)]).toMatchObject([
        outage,
        { vote: 'unknown', sent: false },
      ]);
    }
  });

  it('is unknown for any response that is not an answer to this call', async () => {
    for (const order of protocol.nonsense[phase])
      expect(await voteUnder(order), JSON.stringify(order)).toMatchObject(outage);
  });

  it('is a yes on the repeat after a lost answer, with one effect', async () => {
    for (const order of protocol.lost[phase]) {
      const office = await open();
      await office.misbehave(order);
      expect([await office.ask(phase), await office.ask(phase)]).toMatchObject([outage, { vote: 'yes' }]);
      const effects = Object.values(await office.effects());
      if (system.capabilities.idempotent !== 'none') expect(effects.filter((times) => times > 1)).toEqual([]);
    }
  });

  it('is ongoing while the system is still working', async () => {
    for (const order of protocol.ongoing[phase]) expect(await voteUnder(order)).toEqual({ vote: 'ongoing' });
  });

  it('carries the pause that a busy system asks for', async () => {
    for (const order of protocol.busy[phase])
      expect(await voteUnder(order)).toMatchObject({ ...outage, pauseMs: 2_000 });
  });

  it('sends nothing after its notAfter', async () => {
    const office = await open();
    const { arrivals } = await office.books();
    expect(await office.ask(phase, { notAfter: Date.now() })).toMatchObject({ vote: 'unknown', sent: false });
    expect((await office.books()).arrivals).toEqual(arrivals);
  });
});

it('a call ends at its time limit: silence, or an endless answer, is an outage', async () => {
  const silent = rows.flatMap(([, phase, adapter, system]) =>
    protocolOf(system).silent[phase].map((order) => ({ phase, adapter, system, order })),
  );
  const votes = silent.map(async ({ phase, adapter, system, order }) => {
    const office = await openParticipant(adapter, system, past[phase]);
    await office.misbehave(order);
    return office.ask(phase, { notAfter: Date.now() + 3_000 });
  });
  for (const said of await Promise.all(votes)) expect(said).toMatchObject(outage);
  expect(votes.length).toBeGreaterThan(20);
});

const undoable = pairs.filter(([, , , system]) => system.calls.rollback);
describe.each(undoable)('%s: %s', (_, name, adapter, system) => {
  it('counts a rollback of a call that never arrived as rolled back, and refuses the late call', async () => {
    const office = await openParticipant(adapter, system);
    const vote = await office.ask('rollback');
    expect(vote).toMatchObject({ vote: 'no', absent: true });
    const answer = { system: name, phase: 'rollback', vote, at: 1 } as ParticipantAnswer;
    expect(readRollback({ parts: {} } as Sync, answer).vote).toEqual({ vote: 'yes' });
    if (!system.capabilities.tombstone) return;
    for (const phase of ['prepare', 'commit'] as const)
      expect(await office.ask(phase), `a late ${phase}`).toMatchObject({ vote: 'no' });
    expect(Object.values(await office.effects()).filter(Boolean)).toEqual([]);
  });
});
