import { describe, expect, it } from 'vitest';
import type { Answer } from '#domain/syncs/fold.ts';
import { readRollback } from '#domain/syncs/reverse.ts';
import type { Sync } from '#domain/syncs/sync.ts';
import { type Adapter, type Phase, phases } from '#systems/contract.ts';
import { loadSystem } from '#systems/load.ts';
import type { Manifest } from '#systems/manifest.ts';
import { adapters, openParticipant, participants } from './participants.ts';

const outage = { vote: 'unknown', sent: true };
/** What a system has been through before each phase. */
const past: Record<Phase, Phase[]> = { prepare: [], commit: ['prepare'], rollback: ['prepare', 'commit'] };
const phasesOf = (system: Manifest) => phases.filter((phase) => system.calls[phase]);

it('has something to judge: every adapter has a system, every system an adapter', () => {
  expect(adapters.length).toBeGreaterThan(0);
  expect(participants.length).toBeGreaterThan(3);
  const names = adapters.map(([name]) => name);
  expect(new Set(participants.map(({ adapter }) => adapter))).toEqual(new Set(names));
});

it.each(Object.keys(import.meta.glob('/systems/*.json')))('%s is loaded by its name', async (file) => {
  const name = file.slice('/systems/'.length, -'.json'.length);
  expect(await loadSystem(name)).toMatchObject({ name });
});

const pairs = adapters.flatMap(([name, adapter]) =>
  participants.filter((system) => system.adapter === name).map((system) => [name, system.name, adapter, system] as const),
);
const rows = pairs.flatMap(([, , adapter, system]) => phasesOf(system).map((phase) => [system.name, phase, adapter, system] as const));

describe.each(rows)('%s on %s', (_, phase, adapter, system) => {
  const open = () => openParticipant(adapter, system, past[phase]);
  /** What is heard when its stand-in does this, and that it did. */
  async function heard(behaviour: string) {
    const office = await open();
    await office.misbehave(phase, behaviour);
    const said = await office.ask(phase);
    expect((await office.books()).arrivals.at(-1), behaviour).toMatchObject({ call: phase, behaviour });
    return said;
  }

  it('says yes, and to a repeat under the same key again, without doing it twice', async () => {
    const office = await open();
    const isDated = system.calls[phase]?.answer?.validUntil !== undefined;
    for (const _ of [1, 2]) expect(await office.ask(phase)).toEqual({ vote: 'yes', ...(isDated && { validUntil: expect.any(Number) }) });
    const effects = Object.values(await office.effects());
    if (system.capabilities.idempotent !== 'none') expect(effects.filter((times) => times > 1)).toEqual([]);
  });

  it('takes a definite no for a no, also where it comes inside a 200', async () => {
    expect(await heard('refuse')).toEqual({ vote: 'no', reason: 'declined' });
    expect(await heard('error-200')).toEqual({ vote: 'no', reason: 'refused' });
  });

  it('calls an outage an outage, never a refusal', async () => {
    for (const behaviour of ['fail', 'drop-before', 'drop-after']) expect(await heard(behaviour), behaviour).toMatchObject(outage);
  });

  it('knows that nothing was sent where nobody listens any more', async () => {
    for (const behaviour of ['die', 'die-after']) {
      const office = await open();
      await office.misbehave(phase, behaviour);
      expect([await office.ask(phase), await office.ask(phase)]).toMatchObject([outage, { vote: 'unknown', sent: false }]);
    }
  });

  it('guesses nothing from what is no answer to this call', async () => {
    for (const behaviour of ['html', 'redirect', 'oversized', 'cut', 'wrong-id'])
      expect(await heard(behaviour), behaviour).toMatchObject(outage);
  });

  it('after an answer that was lost, says yes under the same key, and it has been done once', async () => {
    const office = await open();
    await office.misbehave(phase, 'drop-after');
    expect([await office.ask(phase), await office.ask(phase)]).toMatchObject([outage, { vote: 'yes' }]);
    const effects = Object.values(await office.effects());
    if (system.capabilities.idempotent !== 'none') expect(effects.filter((times) => times > 1)).toEqual([]);
  });

  it('hears that it is under way', async () => {
    expect(await heard('ongoing')).toEqual({ vote: 'ongoing' });
  });

  it('hears for how long it is to leave the system alone', async () => {
    expect(await heard('busy')).toMatchObject({ ...outage, pauseMs: 2_000 });
  });

  it('sends nothing once its time is over', async () => {
    const office = await open();
    const { arrivals } = await office.books();
    expect(await office.ask(phase, { notAfter: Date.now() })).toMatchObject({ vote: 'unknown', sent: false });
    expect((await office.books()).arrivals).toEqual(arrivals);
  });
});

it('waits for no answer longer than it may: silence, or one that never ends, is an outage', async () => {
  const silent = rows.flatMap(([, phase, adapter, system]) =>
    ['hang', 'endless'].map((behaviour) => ({ phase, adapter, system, behaviour })),
  );
  const heard = silent.map(async ({ phase, adapter, system, behaviour }) => {
    const office = await openParticipant(adapter, system, past[phase]);
    await office.misbehave(phase, behaviour);
    return office.ask(phase, { notAfter: Date.now() + 3_000 });
  });
  for (const said of await Promise.all(heard)) expect(said).toMatchObject(outage);
  expect(heard.length).toBeGreaterThan(20);
});

const undoable = pairs.filter(([, , , system]) => system.calls.rollback);
describe.each(undoable)('%s: %s', (_, name, adapter, system) => {
  it('rolls back what never arrived, which counts as rolled back', async () => {
    const office = await openParticipant(adapter, system);
    const vote = await office.ask('rollback');
    expect(vote).toMatchObject({ vote: 'no', absent: true });
    const answer = { system: name, phase: 'rollback', vote, at: 1 } as Answer;
    expect(readRollback({ parts: {} } as Sync, answer).vote).toEqual({ vote: 'yes' });
    if (!system.capabilities.tombstone) return;
    for (const phase of ['prepare', 'commit'] as const) expect(await office.ask(phase), `a late ${phase}`).toMatchObject({ vote: 'no' });
    expect(Object.values(await office.effects()).filter(Boolean)).toEqual([]);
  });
});

const askable = pairs.filter(([, , , system]) => system.capabilities.query);
describe.each(askable)('%s: %s', (_, _name, adapter: Adapter, system: Manifest) => {
  it('tells where a change stands, in every state', async () => {
    const office = await openParticipant(adapter, system);
    const stood = [await office.ask('query')];
    for (const phase of phases) {
      await office.ask(phase);
      stood.push(await office.ask('query'));
    }
    const looked = system.capabilities.prepare === 'reserve' ? 'prepared' : 'absent';
    expect(stood).toEqual(['absent', looked, 'committed', 'rolled-back'].map((stands) => ({ stands })));
  });

  it('tells nothing where it was told nothing', async () => {
    const office = await openParticipant(adapter, system, ['prepare', 'commit']);
    for (const behaviour of ['fail', 'drop-before', 'html', 'redirect', 'busy', 'oversized', 'cut', 'wrong-id', 'error-200', 'refuse']) {
      await office.misbehave('query', behaviour);
      expect(await office.ask('query'), behaviour).toMatchObject({ stands: 'unknown' });
    }
    await office.misbehave('query', 'ongoing');
    expect(await office.ask('query')).toEqual({ stands: 'ongoing' });
    expect(await office.ask('query')).toEqual({ stands: 'committed' });
  });
});
