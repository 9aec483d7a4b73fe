import { canonical, digest } from '#lib/ids.ts';
import { leftSomething } from './reverse.ts';
import { isEnded, type Planned, partOf, type Sync } from './sync.ts';
import { rfc3339 } from './sync-event.ts';
import { forGood, undoEnd } from './undo-sync.ts';

type Regime = 'before it came' | 'before decision' | 'during commit' | 'after success' | 'nothing left';
type Would = { would: 'reverse' | 'release' | 'nothing' | 'cannot'; why: string };

/**
 * What its token would do to a sync now: system by system, and whether it would be taken at all. Its tag is the same as long as the plan is: the seconds that
 * are left of a window are no part of it.
 */
export function undoPlan(token: string, sync: Sync | undefined, now: number) {
  const regime = regimeOf(sync);
  const plan = {
    rollback_token: token,
    sync_id: token,
    regime,
    possible: sync === undefined || sync.undo !== undefined || forGood(sync, now).length === 0,
    ...(sync?.undo && { undo_asked_at: rfc3339(sync.undo.at) }),
  };
  const systems = sync?.plan.systems.map((system) => ({
    system: system.name,
    ...wouldAt(sync, system, regime, now),
    ...windowOf(sync, system),
  }));
  const left = systems?.map(({ until, ...rest }) => ({
    ...rest,
    ...(until !== undefined && { until: rfc3339(until), seconds_left: Math.max(0, Math.floor((until - now) / 1000)) }),
  }));
  return { etag: digest(canonical({ ...plan, systems })), body: { ...plan, systems: left ?? [] } };
}

function regimeOf(sync: Sync | undefined): Regime {
  if (!sync) return 'before it came';
  if (sync.state === 'committed') return 'after success';
  if (!sync.decision) return 'before decision';
  return sync.decision.to === 'commit' ? 'during commit' : 'nothing left';
}

function wouldAt(sync: Sync, system: Planned, regime: Regime, now: number): Would {
  if (partOf(sync, system.name).skipped) return { would: 'nothing', why: 'An operator has taken it out.' };
  if (regime === 'nothing left')
    return { would: 'nothing', why: isEnded(sync) ? 'Nothing is left of it there.' : 'It is being taken back already.' };
  if (regime === 'before decision') return beforeDecision(sync, system);
  if (forGood(sync, now).some(({ name }) => name === system.name))
    return { would: 'cannot', why: system.undo === 'none' ? 'It cannot be undone there.' : 'The time to undo it there is over.' };
  const how = system.undo === 'inverse' ? 'taken back' : 'made good by an opposite entry';
  return { would: 'reverse', why: regime === 'during commit' ? `Once all have committed, it is ${how}.` : `It is ${how}.` };
}

function beforeDecision(sync: Sync, system: Planned): Would {
  if (leftSomething(sync, system)) return { would: 'release', why: 'What it holds, or may hold, is released.' };
  if (system.prepare !== 'reserve') return { would: 'nothing', why: 'It holds nothing yet.' };
  return { would: 'nothing', why: 'It has not answered: should it come to hold something, that is released.' };
}

/** The end of its window (ms), where it has committed and there is one. */
const windowOf = (sync: Sync, system: Planned): { until?: number } => {
  const until = sync.decision?.to === 'commit' ? undoEnd(sync, system) : undefined;
  return until === undefined ? {} : { until };
};
