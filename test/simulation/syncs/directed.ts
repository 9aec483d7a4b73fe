import { outsideTokenOf } from '#domain/syncs/outside-token.ts';
import type { Sync } from '#domain/syncs/sync.ts';
import { type Fault, scripted } from '#test/simulation/engine/faults.ts';
import { rest } from '#test/simulation/engine/stage.ts';
import { callersOf } from './callers.ts';
import { violationsOf } from './checkers.ts';
import type { Wanted } from './functions.ts';
import { acme, type Moods, moodOf } from './scenes.ts';
import { makeStage, type Setting, syncsIn } from './stage.ts';
import type { Name } from './systems.ts';

type Script = {
  faults?: Record<string, Partial<Fault>>;
  moods?: Moods;
  taking?: Name[];
  holdMs?: number;
} & Pick<Setting, 'entered' | 'ruleless'>;

/**
 * One scripted interleaving: these faults and no others, these moods, and calls at given times.
 */
export function direct({
  faults = {},
  moods = {},
  taking = ['debit', 'vault', 'dashboard'],
  holdMs = 3_600_000,
  ...more
}: Script = {}) {
  const stage = makeStage({
    seed: 1,
    faults: () => scripted(faults),
    taking,
    holdMs,
    mood: moodOf(moods),
    ...more,
  });
  const { world, table, partners, sent, writes, machine } = stage;
  const callers = callersOf(stage);
  const outsideToken = outsideTokenOf(acme.tenant, acme.syncId);

  return {
    ...stage,
    accept: (more: Partial<Wanted> = {}) => callers.accept({ ...acme, ...more }),
    undo: (tenant = acme.tenant) => callers.undo(tenant, acme.syncId),
    /** Runs until that second, and returns what `begin` returns. */
    async at<T>(second: number, begin: () => T): Promise<T> {
      await world.run(world.start + second * 1000);
      return begin();
    },
    sync: (tenant = acme.tenant) => syncsIn(table).find((sync) => sync.tenant === tenant) as Sync,
    entry: (name: Name, of = outsideToken) =>
      partners.books[name].entries().find(({ token }) => token === of),
    /** The seconds at which a call was sent. */
    sentAt: (name: string) =>
      sent
        .filter(({ system, call }) => `${system}.${call}` === name)
        .map(({ at }) => (at - world.start) / 1000),
    decisions: () =>
      writes
        .filter(({ before, image }) => before?.decision?.to !== image.decision?.to)
        .map(({ image }) => image.decision?.to),
    paths: () => [...machine.executions.values()].map(({ path }) => path.join(' ')),
    faultsMet: () => [...stage.faults.met.keys()].sort(),
    /** Runs until everything is at rest, and returns the violations. */
    async end(): Promise<string[]> {
      await rest(stage);
      return violationsOf(stage);
    },
  };
}
