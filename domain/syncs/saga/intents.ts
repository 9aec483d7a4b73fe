import { budgetMs, partOf, type Sync } from '#domain/syncs/sync.ts';
import type { Phase } from '#systems/protocol.ts';
import { fold } from './answers.ts';
import { mayAct, type Round, type Tools } from './coordinator.ts';
import { type NextCall, nextCalls } from './next-calls.ts';
import { parked } from './transitions.ts';

/**
 * Writes the intents of the next calls. Promises: no other decision was made, and the only intents
 * are those that were read.
 */
export async function writeIntents(
  round: Round,
  sealed: NextCall[],
  phase: Phase,
  from: number,
  { syncs, newId }: Tools,
): Promise<Record<string, string>> {
  const { epoch, parts } = round.sync;
  const ids = Object.fromEntries(sealed.map(({ system }) => [system.name, newId()]));
  const written = await syncs.change(round.sync, 'intend', (sync) => {
    const same = sealed.every(
      ({ system: { name } }) => sync.parts[name]?.intent?.id === parts[name]?.intent?.id,
    );
    if (!same || !mayAct(sync, phase, epoch)) return undefined;
    const known = fold(sync, round.answers, from);
    const intents = sealed.map(({ system: { name } }) => {
      const intent = { id: ids[name] as string, phase, epoch, notAfter: from + budgetMs };
      return [name, { ...partOf(known, name), intent }];
    });
    return { sync: { ...known, parts: { ...known.parts, ...Object.fromEntries(intents) } } };
  });
  round.overtaken = sealed.some(({ system: { name } }) => written.parts[name]?.intent?.id !== ids[name]);
  if (!round.overtaken) Object.assign(round, { sync: written, answers: [] });
  return ids;
}

/** Parks the sync when a call's outcome is unknown, and can be neither queried nor repeated. */
export async function parkDoubt(sync: Sync, phase: Phase, { syncs, clock }: Tools): Promise<Sync> {
  const stuck = nextCalls(sync, phase, clock.now()).find(({ how }) => how === 'stuck');
  if (!stuck) return sync;
  const { name } = stuck.system;
  return syncs.change(sync, 'park', (now) =>
    now.epoch === sync.epoch && now.parts[name]?.intent && now.state !== 'parked'
      ? parked(
          { ...now, waitingFor: [name] },
          `it is unknown whether ${name} has done its ${stuck.about}, and ${name} has no query`,
          clock.now(),
        )
      : undefined,
  );
}
