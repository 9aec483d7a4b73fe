import { describe, expect, it } from 'vitest';
import type { Manifest } from '#systems/manifest.ts';
import { type Adapter, phases } from '#systems/protocol.ts';
import { openParticipant, pairs } from './participants.ts';
import { protocolOf } from './protocols.ts';

const withQuery = pairs.filter(([, , , system]) => system.capabilities.query);
describe.each(withQuery)('%s: %s', (_, _name, adapter: Adapter, system: Manifest) => {
  it('query answers the state of a change after each phase', async () => {
    const office = await openParticipant(adapter, system);
    const stood = [await office.ask('query')];
    for (const phase of phases) {
      await office.ask(phase);
      stood.push(await office.ask('query'));
    }
    const looked = system.capabilities.prepare === 'reserve' ? 'prepared' : 'absent';
    expect(stood).toEqual(['absent', looked, 'committed', 'rolled-back'].map((stands) => ({ stands })));
  });

  it('query is unknown for every response that does not answer it', async () => {
    const office = await openParticipant(adapter, system, ['prepare', 'commit']);
    const { outages, nonsense, busy, refusals, ongoing } = protocolOf(system);
    const untold = [
      ...outages.query,
      ...nonsense.query,
      ...busy.query,
      ...refusals.query.map(({ order }) => order),
    ];
    for (const order of untold) {
      await office.misbehave(order);
      expect(await office.ask('query'), JSON.stringify(order)).toMatchObject({ stands: 'unknown' });
    }
    for (const order of ongoing.query) {
      await office.misbehave(order);
      expect(await office.ask('query')).toEqual({ stands: 'ongoing' });
    }
    expect(await office.ask('query')).toEqual({ stands: 'committed' });
  });
});
