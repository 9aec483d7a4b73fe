import type { Phase } from '#systems/contract.ts';
import { partOf, type Sync } from './sync.ts';

/** How many items a system has behind it in a phase, as far as somebody has written that down. */
type Done = { system: string; phase: string; done: number };

/** How far every system is with the batch, in items, in the phase that the sync is in or has ended with. */
export const progressView = (sync: Sync, known: Done[]) => {
  const phase = phaseOf(sync);
  const total = sync.batch?.count ?? 0;
  return sync.plan.systems.map(({ name: system }) => {
    const through = partOf(sync, system)[phase]?.vote === 'yes';
    const seen = known.filter((one) => one.system === system && one.phase === phase).map(({ done }) => done);
    return { system, phase, done: through ? total : Math.max(0, ...seen), total };
  });
};

const phaseOf = ({ state, decision }: Sync): Phase => {
  if (state === 'preparing') return 'prepare';
  if (state === 'committing' || state === 'committed') return 'commit';
  return decision === undefined ? 'prepare' : decision.to === 'commit' ? 'commit' : 'rollback';
};
