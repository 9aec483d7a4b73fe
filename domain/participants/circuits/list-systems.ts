import { readStandings } from '#domain/participants/read-standings.ts';
import { standingView } from '#domain/participants/standing.ts';
import type { Store } from '#lib/table.ts';

type Tools = Store & { systems: { names: () => string[] } };

/** How every system stands with all who call it: open, left alone for a while, or paused by hand. */
export async function listSystems({ table, clock, systems }: Tools) {
  const all = await readStandings({ table });
  return systems
    .names()
    .map((system) => standingView(system, all.find(({ sk }) => sk === system) ?? {}, clock.now()));
}
