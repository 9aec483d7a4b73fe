import { chained } from '#domain/syncs/ledger-chain.ts';
import { fold } from '#domain/syncs/saga/answers.ts';
import { aborted, undone } from '#domain/syncs/saga/decision.ts';
import { irreversible, owesRollback } from '#domain/syncs/saga/rollback.ts';
import { resumed, woken } from '#domain/syncs/saga/transitions.ts';
import {
  activeParticipants,
  isEnded,
  type Limits,
  type ParticipantState,
  type PlannedParticipant,
  partOf,
  type Sync,
} from '#domain/syncs/sync.ts';
import type { Change } from '#domain/syncs/syncs.ts';
import { isDone } from '#domain/syncs/undo/cascade.ts';
import { Problem } from '#lib/problem.ts';
import type { Phase } from '#systems/protocol.ts';

export const actions = ['retry', 'skip', 'force-rollback', 'mark-done'] as const;
export type Action = (typeof actions)[number];
/**
 * An operator's action on a parked sync, with the reason. `system`: for `skip` and `mark-done`.
 */
export type Operate = { action: Action; system?: string | undefined; reason: string; by: string };

/** The phase that the sync stopped in. */
export const phaseOf = ({ decision }: Sync): Phase =>
  !decision ? 'prepare' : decision.to === 'commit' ? 'commit' : 'rollback';

/** The phase that an action at this system is about: of the call in doubt, or else of the sync. */
export const askedOf = (sync: Sync, system: string): Phase =>
  partOf(sync, system).intent?.phase ?? phaseOf(sync);

/**
 * A system that committed and then answered `absent` to the rollback: asked again, it would find
 * its tombstone and agree.
 */
export const forgetful = (sync: Sync): PlannedParticipant | undefined =>
  activeParticipants(sync).find(
    ({ name }) => partOf(sync, name).commit?.vote === 'yes' && partOf(sync, name).rollback?.absent,
  );

/** Why an action is not safe now; undefined if it is. */
export function unsafeReason(
  sync: Sync,
  { action, system }: Pick<Operate, 'action' | 'system'>,
): string | undefined {
  if (isEnded(sync))
    return action === 'mark-done' && !system ? undefined : 'The sync has ended: only mark-done is left.';
  if (sync.state !== 'parked') return 'The sync does not wait for an operator.';
  if (action === 'retry') {
    const blind = activeParticipants(sync).find(
      ({ name, idempotent, query }) => idempotent === 'none' && !query && partOf(sync, name).intent,
    );
    const lost = forgetful(sync);
    if (lost) return `${lost.name} has no record of its commit: find out why, then mark it done or skip it.`;
    return (
      blind && `The outcome of the call to ${blind.name} is unknown: find out, then mark it done or skip it.`
    );
  }
  if (action === 'force-rollback') {
    const stuck = activeParticipants(sync).find((each) => irreversible(sync, each));
    if (stuck) return `${stuck.name} has committed, or may have, and cannot be undone.`;
    return sync.decision && sync.decision.to !== 'commit'
      ? 'The sync is already being rolled back.'
      : undefined;
  }
  const found = activeParticipants(sync).find(({ name }) => name === system);
  if (!found) return 'Name a system of this sync that was not skipped.';
  const asked = askedOf(sync, found.name);
  if (asked === 'rollback' && !owesRollback(sync, found))
    return `Nothing is left at ${found.name}: there is nothing to ${action}.`;
  return partOf(sync, found.name)[asked]?.vote === 'yes'
    ? `${found.name} has answered: there is nothing to ${action}.`
    : undefined;
}

/**
 * The reducer of an operator's action: records it with its reason in the ledger, and continues the
 * sync.
 */
export function operated(sync: Sync, operate: Operate, at: number, limits: Limits): Change {
  const wrong = unsafeReason(sync, operate);
  if (wrong) throw new Problem('action-not-safe', { detail: wrong });
  const { action, system = 'lockstep', reason, by } = operate;
  const byHand = action === 'force-rollback' || isEnded(sync);
  const told = chained<Sync>({ ...sync, recoveries: 0, ...(byHand && { byHand }) }, at, [
    {
      ...{ system, action: `operator.${action}`, result: 'done', detail: reason },
      by: { role: 'operator', key: by },
    },
  ]);
  if (isEnded(sync)) return { sync: told };
  if (action === 'force-rollback')
    return told.decision
      ? undone(alone(told), `an operator: ${reason}`, at, limits)
      : aborted(told, `an operator: ${reason}`, at, limits, false);
  if (told.undo?.waitingFor && isDone(told)) return resumed(told, at);
  const next =
    action === 'retry'
      ? forgiven(told)
      : action === 'skip'
        ? skipped(told, system, reason)
        : done(told, system, at, by);
  return woken({ ...next, probeEpoch: next.epoch + 1 }, next.epoch, `an operator: ${action}`, at, limits);
}

/** Drops the later syncs to undo first: a forced undo goes without them. */
function alone(sync: Sync): Sync {
  const { waitingFor: _, ...undo } = sync.undo ?? { at: 0, by: '' };
  return sync.undo ? { ...sync, undo } : sync;
}

/** Turns a refusal of the current phase into `unknown`, so that the system is called again. */
function forgiven(sync: Sync): Sync {
  const phase = phaseOf(sync);
  const anew = (part: ParticipantState): ParticipantState => {
    const known = part[phase];
    return known?.vote === 'no' ? { ...part, [phase]: { ...known, vote: 'unknown', refusals: 0 } } : part;
  };
  return {
    ...sync,
    parts: Object.fromEntries(Object.entries(sync.parts).map(([name, part]) => [name, anew(part)])),
  };
}

function skipped(sync: Sync, system: string, reason: string): Sync {
  const { intent: _, ...part } = partOf(sync, system);
  return { ...sync, parts: { ...sync.parts, [system]: { ...part, skipped: reason } } };
}

const done = (sync: Sync, system: string, at: number, by: string): Sync =>
  fold(sync, [{ system, phase: askedOf(sync, system), vote: { vote: 'yes' }, at, by }], at);
