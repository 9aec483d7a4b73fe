import { eventually } from './eventually.ts';
import { type OfficeName, officeNames } from './offices.ts';
import type { Scene, SyncView } from './ohio-scene.ts';
import { type Bar, progressBars } from './progress-bars.ts';

type Phase = 'prepare' | 'commit' | 'rollback';
type Progress = { system: string; phase: string; done: number; total: number };
type View = SyncView & { progress?: Progress[] };

/** Shows the batch's way through the systems, until the sync is in one of these states. */
export async function watchBatch(scene: Scene, total: number, ...ends: string[]): Promise<SyncView> {
  const { publisher, id, story } = scene;
  const bars = progressBars({ total });
  story.show('');
  const sync = await eventually(
    async () => {
      const seen = (await publisher('GET', `/api/v1/syncs/${id}?progress=true`)).body as View;
      const phase = doing[seen.state] ?? 'prepare';
      const shown = await Promise.all(officeNames.map((name) => barOf(scene, seen, { name, phase, total })));
      bars.draw(phase, shown, ends.includes(seen.state));
      return seen;
    },
    ({ state }) => ends.includes(state),
    600_000,
  );
  story.show('');
  return sync;
}

const doing: Record<string, Phase> = {
  ...{ committing: 'commit', committed: 'commit' },
  ...{ aborting: 'rollback', undoing: 'rollback', rolled_back: 'rollback', undone: 'rollback' },
};

/** A system's progress: by its receipts or by its own books, whichever is further. */
async function barOf(
  { offices, id }: Scene,
  view: View,
  { name, phase, total }: { name: OfficeName; phase: Phase; total: number },
): Promise<Bar> {
  if (view.systems.find(({ system }) => system === name)?.[phase]?.vote === 'yes')
    return { name, done: total };
  const noted = view.progress?.find((each) => each.system === name && each.phase === phase)?.done ?? 0;
  if (phase === 'prepare') return { name, done: noted };
  const stands = (await offices.entry(name, id).catch(() => undefined))?.items?.count ?? 0;
  return { name, done: Math.max(noted, phase === 'commit' ? stands : total - stands) };
}
