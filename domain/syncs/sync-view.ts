import { rfc3339 } from '#lib/rfc3339.ts';
import { type Phase, type Pinned, phases } from '#systems/protocol.ts';
import { phaseOf } from './saga/phases.ts';
import { type PlannedParticipant, partOf, type Sync } from './sync.ts';

/**
 * A sync as callers see it: the decision, its reason, and the state of each system. The payload is
 * not shown.
 */
export function syncView(sync: Sync) {
  const {
    syncId,
    type,
    state,
    decision,
    deadline,
    plan,
    acceptedAt,
    endedAt,
    undo,
    parked,
    onCommitFailure,
  } = sync;
  return {
    sync_id: syncId,
    rollback_token: syncId,
    /** The name that outside systems get. */
    outside_token: sync.outsideToken,
    ...(type && { type }),
    state,
    ...(decision && { decision: { to: decision.to, at: rfc3339(decision.at), reason: decision.why } }),
    accepted_at: rfc3339(acceptedAt),
    deadline: rfc3339(deadline),
    ...(endedAt !== undefined && { ended_at: rfc3339(endedAt) }),
    on_commit_failure: onCommitFailure,
    ...(type && { grade: plan.grade, grade_reason: plan.gradeReason }),
    ...((state === 'aborting' || state === 'undoing') &&
      sync.settleUntil && { rollback_from: rfc3339(sync.settleUntil) }),
    ...(undo && { undo_asked_at: rfc3339(undo.at) }),
    ...(undo?.waitingFor && { undo_waits_for: undo.waitingFor }),
    ...(parked && { parked: { at: rfc3339(parked.at), reason: parked.why } }),
    ...(sync.batch && { batch: batchView(sync.batch) }),
    ...(sync.results && { results: sync.results.map(({ phase, digest }) => ({ phase, digest })) }),
    systems: plan.systems.map((system) => systemView(sync, system)),
    skipped: plan.policy.filter(({ takes }) => !takes).map(({ system, inputs }) => ({ system, inputs })),
  };
}

/** Totals and digests, which anyone can check; the object itself stays private. */
const batchView = ({ count, amount_minor, digest, root }: Pinned) => ({ count, amount_minor, digest, root });

/** A system's current phase, with its last vote in each. */
function systemView(sync: Sync, { name, title }: PlannedParticipant) {
  const part = partOf(sync, name);
  const last = phases.findLast((phase) => part[phase]);
  const error = last && part[last]?.reason;
  const waiting = sync.waitingFor.includes(name);
  return {
    system: name,
    title,
    ...(last && { phase: last, vote: part[last]?.vote }),
    attempts: phases.reduce((sum, phase) => sum + (part[phase]?.attempts ?? 0), 0),
    ...(Object.fromEntries(
      phases.flatMap((phase) => (part[phase] ? [[phase, known(part, phase)]] : [])),
    ) as KnownByPhase),
    ...(error && { last_error: error }),
    ...(part.intent && { in_doubt: part.intent.phase }),
    ...(part.skipped && { skipped: part.skipped }),
    waiting,
  };
}

type KnownByPhase = Partial<Record<Phase, ReturnType<typeof known>>>;

const known = (part: ReturnType<typeof partOf>, phase: Phase) => {
  const { vote, at, attempts: tries, reason, by } = part[phase] as NonNullable<(typeof part)[Phase]>;
  return { vote, at: rfc3339(at), attempts: tries, ...(reason && { reason }), ...(by && { by }) };
};

/** Items that a system has finished in a phase, as far as it was stored. */
type Done = { system: string; phase: string; done: number };

/** Progress of every system through the batch, in items, in the current or last phase. */
export const progressView = (sync: Sync, known: Done[]) => {
  const phase = phaseOf(sync);
  const total = sync.batch?.count ?? 0;
  return sync.plan.systems.map(({ name: system }) => {
    const through = partOf(sync, system)[phase]?.vote === 'yes';
    const seen = known.filter((one) => one.system === system && one.phase === phase).map(({ done }) => done);
    return { system, phase, done: through ? total : Math.max(0, ...seen), total };
  });
};
