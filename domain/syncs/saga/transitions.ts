import { chained } from '#domain/syncs/ledger-chain.ts';
import {
  type Direction,
  type Ending,
  endings,
  isEnded,
  type Limits,
  type State,
  type Sync,
} from '#domain/syncs/sync.ts';
import type { Change } from '#domain/syncs/syncs.ts';

const doing: Record<Direction, State> = { commit: 'committing', abort: 'aborting', undo: 'undoing' };

/** Puts an open sync into the sparse index; `due` is when the watchdog checks that it moved on. */
export const watched = (sync: Sync, at: number, { watchdogMs }: Limits, waitMs = 0): Sync => ({
  ...sync,
  openShard: shardOf(sync.outsideToken),
  due: at + watchdogMs + waitMs,
});

/** The partitions of the sparse index. */
export const shards = ['open#0', 'open#1', 'open#2', 'open#3'];
const shardOf = (outsideToken: string): string =>
  shards[Number.parseInt(outsideToken[0] ?? '0', 16) % shards.length] as string;
/**
 * `due` of a parked sync: it stays in the index, to be found by `waitingFor`, and is never due.
 */
const never = 9_999_999_999_999;

const unwatched = ({ openShard: _, due: __, ...sync }: Sync) => ({ ...sync, waitingFor: [] }) as Sync;
const unparked = ({ parked: _, ...sync }: Sync): Sync => sync;

/**
 * Records a decision: state, time and reason. `own`: the deciding execution continues; otherwise a
 * new epoch starts one.
 */
export function decided(
  sync: Sync,
  to: Direction,
  why: string,
  at: number,
  limits: Limits,
  own: boolean,
): NonNullable<Change> {
  const { endedAt: _, ...open } = unparked(sync);
  const turned: Sync = {
    ...open,
    state: doing[to],
    decision: { to, at, why },
    waitTurns: 0,
    waitingFor: [],
    ...(own ? {} : { epoch: sync.epoch + 1 }),
  };
  const told = chained(turned, at, [{ system: 'lockstep', action: 'decide', result: to, detail: why }]);
  return {
    sync: watched(told, at, limits),
    ...(own ? {} : { event: { type: 'sync.turned', at, starts: true } }),
  };
}

/** Ends the sync in a final state. */
export function ended(sync: Sync, state: Ending, at: number, detail?: string): NonNullable<Change> {
  const told = chained<Sync>({ ...sync, state, endedAt: at }, at, [
    { system: 'lockstep', action: 'sync', result: endings[state], ...(detail && { detail }) },
  ]);
  return { sync: unwatched(told), event: { type: `sync.${state}`, at } };
}

/**
 * Parks the sync until an operator acts. `waitingFor` stays in the index, so that the recovery of
 * a system finds it.
 */
export function parked(sync: Sync, why: string, at: number): NonNullable<Change> {
  const told = chained<Sync>({ ...sync, state: 'parked', parked: { at, why } }, at, [
    { system: 'lockstep', action: 'park', result: 'parked', detail: why },
  ]);
  return {
    sync: { ...told, openShard: shardOf(sync.outsideToken), due: never },
    event: { type: 'sync.parked', at },
  };
}

/** Unparks a committed sync; the event resumes its undo. */
export const resumed = (sync: Sync, at: number): NonNullable<Change> => ({
  sync: unwatched({ ...unparked(sync), state: 'committed' }),
  event: { type: 'sync.turned', at },
});

/** Starts a new epoch for a stalled sync, conditional on the epoch that was read. */
export function woken(sync: Sync, epoch: number, why: string, at: number, limits: Limits): Change {
  if (sync.epoch !== epoch || isEnded(sync)) return undefined;
  const state =
    sync.state === 'parked' ? (sync.decision ? doing[sync.decision.to] : 'preparing') : sync.state;
  const awake = chained<Sync>({ ...unparked(sync), state, epoch: epoch + 1, waitTurns: 0 }, at, [
    { system: 'lockstep', action: 'wake', result: 'woken', detail: why },
  ]);
  return { sync: watched(awake, at, limits), event: { type: 'sync.woken', at, starts: true } };
}

/**
 * A yes after the abort or the undo cancels that system's rollback. A new epoch rolls it back
 * again.
 */
export function reopened(sync: Sync, at: number, limits: Limits): NonNullable<Change> {
  const rest = unparked(sync);
  delete rest.endedAt;
  const state = doing[sync.decision?.to ?? 'abort'];
  const again = chained<Sync>({ ...rest, state, epoch: sync.epoch + 1, settleUntil: at }, at, [
    { system: 'lockstep', action: 'wake', result: 'woken', detail: 'a late yes is rolled back' },
  ]);
  return { sync: watched(again, at, limits), event: { type: 'sync.woken', at, starts: true } };
}

/**
 * Parks after this many recoveries without progress: the system answers other syncs but not this
 * one.
 */
export const mostRecoveries = 20;

/** Starts a new epoch because a system has recovered. */
export function recovered(sync: Sync, epoch: number, why: string, at: number, limits: Limits): Change {
  const recoveries = (sync.recoveries ?? 0) + 1;
  if (recoveries <= mostRecoveries) return woken({ ...sync, recoveries }, epoch, why, at, limits);
  const stays = sync.epoch !== epoch || isEnded(sync) || sync.state === 'parked';
  return stays
    ? undefined
    : parked(
        sync,
        `${sync.waitingFor.join(' and ') || 'a system'} answers other syncs, but not this one`,
        at,
      );
}
