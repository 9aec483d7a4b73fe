import { leftSomething } from '#domain/syncs/saga/rollback.ts';
import { isEnded, type PlannedParticipant, partOf, type Sync } from '#domain/syncs/sync.ts';
import { findSync } from '#domain/syncs/syncs.ts';
import type { Store } from '#lib/aws/table.ts';
import { canonical, digest } from '#lib/ids.ts';
import { rfc3339 } from '#lib/rfc3339.ts';
import type { Conflict, LaterSyncs } from './conflicts.ts';
import { irreversibleAt, undoEnd } from './request-undo.ts';

type Regime = 'before it came' | 'before decision' | 'during commit' | 'after success' | 'nothing left';
type Would = { would: 'reverse' | 'release' | 'nothing' | 'cannot'; why: string };

/**
 * What an undo would do now: per system, whether it is possible, and the later syncs on the same
 * subjects. The digest is the ETag; seconds left of a window and progress of later syncs are no
 * part of it.
 */
export function undoPlan(
  syncId: string,
  sync: Sync | undefined,
  now: number,
  { conflicts, complete }: LaterSyncs = nothingLater,
) {
  const regime = regimeOf(sync);
  const plan = {
    rollback_token: syncId,
    sync_id: syncId,
    regime,
    possible: sync === undefined || sync.undo !== undefined || irreversibleAt(sync, now).length === 0,
    ...(sync?.undo && { undo_asked_at: rfc3339(sync.undo.at) }),
    ...(sync?.undo?.waitingFor && { undo_waits_for: sync.undo.waitingFor }),
    conflicts_complete: complete,
  };
  const systems = sync?.plan.systems.map((system) => ({
    system: system.name,
    ...wouldAt(sync, system, regime, now),
    ...windowOf(sync, system),
  }));
  const left = systems?.map(({ until, ...rest }) => ({
    ...rest,
    ...(until !== undefined && {
      until: rfc3339(until),
      seconds_left: Math.max(0, Math.floor((until - now) / 1000)),
    }),
  }));
  const later = conflicts.map((conflict) => ({
    sync_id: conflict.sync.syncId,
    possible: canGo(conflict, now),
  }));
  const etag = digest(canonical({ ...plan, systems, later }));
  return {
    etag,
    body: {
      digest: etag,
      ...plan,
      systems: left ?? [],
      conflicts: conflicts.map((one) => conflictView(one, syncId, now)),
    },
  };
}

const nothingLater: LaterSyncs = { conflicts: [], complete: true };

/** Whether later syncs may build upon it, and so matter to its undo. */
export const isBuiltUpon = (sync: Sync): boolean =>
  ['during commit', 'after success'].includes(regimeOf(sync));

/** Whether a cascade can undo it. */
const canGo = ({ sync }: Conflict, now: number): boolean =>
  sync.undo !== undefined || irreversibleAt(sync, now).length === 0;

/** `through`: it shares subjects with this later sync, and not with the sync itself. */
function conflictView(conflict: Conflict, syncId: string, now: number) {
  const { sync, through, subjects, examples } = conflict;
  return {
    ...{
      sync_id: sync.syncId,
      type: sync.type,
      state: sync.state,
      accepted_at: rfc3339(sync.acceptedAt),
      subjects,
      examples,
    },
    ...(through !== syncId && { through }),
    possible: canGo(conflict, now),
  };
}

function regimeOf(sync: Sync | undefined): Regime {
  if (!sync) return 'before it came';
  if (sync.state === 'committed') return 'after success';
  if (!sync.decision) return 'before decision';
  return sync.decision.to === 'commit' ? 'during commit' : 'nothing left';
}

function wouldAt(sync: Sync, system: PlannedParticipant, regime: Regime, now: number): Would {
  if (partOf(sync, system.name).skipped) return { would: 'nothing', why: 'An operator has skipped it.' };
  if (regime === 'nothing left')
    return {
      would: 'nothing',
      why: isEnded(sync) ? 'Nothing is left to undo there.' : 'It is already being undone.',
    };
  if (regime === 'before decision') return beforeDecision(sync, system);
  if (irreversibleAt(sync, now).some(({ name }) => name === system.name))
    return {
      would: 'cannot',
      why: system.undo === 'none' ? 'The system has no undo.' : 'Its undo window is over.',
    };
  const how = system.undo === 'inverse' ? 'reversed' : 'reversed by an opposite entry';
  return {
    would: 'reverse',
    why: regime === 'during commit' ? `Once all have committed, it is ${how}.` : `It is ${how}.`,
  };
}

function beforeDecision(sync: Sync, system: PlannedParticipant): Would {
  if (leftSomething(sync, system)) return { would: 'release', why: 'Its reservation, if any, is released.' };
  if (system.prepare !== 'reserve') return { would: 'nothing', why: 'Nothing is reserved there yet.' };
  return {
    would: 'nothing',
    why: 'It has not answered: a reservation that it makes is released.',
  };
}

/** End of a system's undo window (ms), if it committed and has one. */
const windowOf = (sync: Sync, system: PlannedParticipant): { until?: number } => {
  const until = sync.decision?.to === 'commit' ? undoEnd(sync, system) : undefined;
  return until === undefined ? {} : { until };
};

type Tools = Store & { look: (sync: Sync) => Promise<LaterSyncs> };

/** The undo plan as of now. Later syncs are read only if they can build upon this one. */
export async function planUndo(
  { tenant, syncId }: { tenant: string; syncId: string },
  { table, clock, look }: Tools,
) {
  const sync = await findSync({ table }, tenant, syncId);
  const looked = sync && isBuiltUpon(sync) ? await look(sync) : undefined;
  return undoPlan(syncId, sync, clock.now(), looked);
}
