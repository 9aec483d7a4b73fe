import type { SyncData } from '#events/sync-data.ts';
import { digest } from '#lib/ids.ts';
import type { Conducting } from './conduct.ts';
import { partOf, type Sync } from './sync.ts';

/** What a sync's event says: all that is known, the payload and the caller's task token aside. */
export function syncEventData(sync: Sync): SyncData {
  const { token, type, state, decision, plan, parked, endedAt, undo } = sync;
  return {
    sync_id: token,
    type,
    state,
    ...(decision && { decision: decision.to }),
    ...((parked ?? decision) && { reason: parked?.why ?? decision?.why }),
    grade: plan.grade,
    accepted_at: rfc3339(sync.acceptedAt),
    deadline: rfc3339(sync.deadline),
    ...(endedAt !== undefined && { ended_at: rfc3339(endedAt), sync_latency_ms: Math.max(0, endedAt - sync.acceptedAt) }),
    by_hand: sync.byHand ?? false,
    ...(undo && { undo_asked_at: rfc3339(undo.at) }),
    systems: plan.systems.map(({ name }) => saidOf(sync, name)),
  };
}

function saidOf(sync: Sync, system: string): SyncData['systems'][number] {
  const { prepare, commit, rollback, skipped } = partOf(sync, system);
  const error = [rollback, commit, prepare].find((known) => known?.reason)?.reason;
  return {
    system,
    ...(prepare && { prepare: prepare.vote }),
    ...(commit && { commit: commit.vote }),
    ...(rollback && { rollback: rollback.vote }),
    ...(skipped && { skipped }),
    ...(error && { last_error: error }),
  };
}

export const rfc3339 = (ms: number): string => new Date(ms).toISOString();

/** An execution's name: good for one epoch of one sync of one tenant, and within what Step Functions takes. */
export const executionName = ({ tenant, wire, epoch }: Conducting): string => digest('execution', tenant, wire, epoch);

/** The execution that a write asks for. */
export function startOf({ tenant, wire, epoch, event }: Sync): { name: string; input: Conducting } | undefined {
  return event.starts ? { name: executionName({ tenant, wire, epoch }), input: { tenant, wire, epoch } } : undefined;
}
