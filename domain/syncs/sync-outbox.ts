import type { Outbox } from '#domain/relay/relay.ts';
import type { SyncData } from '#events/sync-data.ts';
import { jobMessage } from '#lib/aws/job-message.ts';
import { digest } from '#lib/ids.ts';
import { rfc3339 } from '#lib/rfc3339.ts';
import type { Execution } from './saga/coordinator.ts';
import { partOf, type Sync } from './sync.ts';
import { subjectsOf } from './undo/subjects.ts';

/** The data of a sync's event: everything but the payload and the caller's task token. */
export function syncEventData(sync: Sync): SyncData {
  const { syncId, type, state, decision, plan, parked, endedAt, undo } = sync;
  return {
    sync_id: syncId,
    type,
    state,
    ...(decision && { decision: decision.to }),
    ...((parked ?? decision) && { reason: parked?.why ?? decision?.why }),
    grade: plan.grade,
    accepted_at: rfc3339(sync.acceptedAt),
    deadline: rfc3339(sync.deadline),
    ...(endedAt !== undefined && {
      ended_at: rfc3339(endedAt),
      sync_latency_ms: Math.max(0, endedAt - sync.acceptedAt),
    }),
    by_hand: sync.byHand ?? false,
    ...(undo && { undo_asked_at: rfc3339(undo.at) }),
    subjects: [...subjectsOf(sync).keys()],
    ...(sync.batch && { batch: { count: sync.batch.count, amount_minor: sync.batch.amount_minor } }),
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

/** The execution's name: unique per tenant, sync and epoch, and valid in Step Functions. */
export const executionName = ({ tenant, outsideToken, epoch }: Execution): string =>
  digest('execution', tenant, outsideToken, epoch);

/** The execution that a write starts. */
export function startOf({
  tenant,
  outsideToken,
  epoch,
  event,
}: Sync): { name: string; input: Execution } | undefined {
  return event.starts
    ? { name: executionName({ tenant, outsideToken, epoch }), input: { tenant, outsideToken, epoch } }
    : undefined;
}

/**
 * The undos that a write starts: its own, if later syncs are undone first; and, once it is undone
 * or rolled back, those in `awaitedBy`.
 */
export function undosOf({ tenant, syncId, state, undo, event }: Sync): { tenant: string; syncId: string }[] {
  if (!undo) return [];
  const gone = state === 'undone' || state === 'rolled_back';
  const own = undo.waitingFor && event.type !== 'sync.parked' ? [syncId] : [];
  return [...own, ...(gone ? (undo.awaitedBy ?? []) : [])].map((one) => ({ tenant, syncId: one }));
}

/** The messages of a write of a sync: its event, the undos and the execution that it starts. */
export const syncOutbox: Outbox = {
  data: (image) => syncEventData(image as unknown as Sync),
  jobs: (image) => undosOf(image as unknown as Sync).map((body) => jobMessage('sync.undo', body)),
  subject: (image) => `sync/${(image as unknown as Sync).syncId}`,
  start: (image) => startOf(image as unknown as Sync),
};
