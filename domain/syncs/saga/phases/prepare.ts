import { refusing, type SagaPhase, takenBack } from '#domain/syncs/saga/phase.ts';
import {
  activeParticipants,
  type PlannedParticipant,
  partOf,
  type Sync,
  voteOf,
} from '#domain/syncs/sync.ts';

/**
 * Whether a system voted yes, or has no prepare call: then a yes is assumed, which lowers the
 * grade.
 */
const prepared = (sync: Sync, { name, prepare }: PlannedParticipant): boolean =>
  prepare === 'none' || voteOf(sync, name, 'prepare') === 'yes';

/** Collects the votes, and decides as soon as they allow it. */
const judgePrepare: SagaPhase['judge'] = (known, { at }) => {
  const [refused] = refusing(known, 'prepare');
  if (refused)
    return {
      decide: 'abort',
      why: `${refused.name} refuses: ${partOf(known, refused.name).prepare?.reason}`,
    };
  const waits = activeParticipants(known).filter((system) => !prepared(known, system));
  const ready = waits.length === 0;
  const until = Math.min(
    ...activeParticipants(known).map(
      ({ name }) => partOf(known, name).prepare?.validUntil ?? Number.POSITIVE_INFINITY,
    ),
  );
  if (at >= known.deadline) return { decide: 'abort', why: `the deadline has passed${awaited(waits)}` };
  if (ready && at >= until) return { decide: 'abort', why: 'a yes vote has expired' };
  return ready ? { decide: 'commit', why: 'all systems say yes' } : { wait: waits };
};

const awaited = (waits: PlannedParticipant[]): string =>
  waits.length > 0 ? `; without a yes: ${waits.map(({ name }) => name).join(', ')}` : '';

/** Every system is asked whether it will. */
export const prepare: SagaPhase = {
  name: 'prepare',
  isDue: ({ decision }) => decision === undefined,
  owes: (sync, system) => !prepared(sync, system) && voteOf(sync, system.name, 'prepare') !== 'no',
  isDone: prepared,
  isSealed: ({ idempotent, prepare }) => idempotent === 'none' && prepare === 'reserve',
  votes: { prepared: { vote: 'yes' }, committed: { vote: 'yes' }, 'rolled-back': takenBack },
  isRefusalFinal: true,
  keepsReceipts: false,
  judge: judgePrepare,
};
