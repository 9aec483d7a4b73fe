import { env } from '#lib/env.ts';
import { store } from '#lib/store.ts';
import { readStandings } from './participants/read-standings.ts';
import { standingView } from './participants/standing.ts';

/** The systems that take part in syncs. */
export const participants = () => env('SYSTEMS').split(',').filter(Boolean);

/** How every system stands with all who call it: open, left alone for a while, or paused by hand. */
export async function weather() {
  const all = await readStandings(store());
  return participants().map((system) =>
    standingView(system, all.find(({ sk }) => sk === system) ?? {}, store().clock.now()),
  );
}
