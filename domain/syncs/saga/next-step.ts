import { isEnded, type Sync } from '#domain/syncs/sync.ts';
import type { Phase } from '#systems/protocol.ts';
import type { Execution } from './coordinator.ts';
import { phaseOf } from './phases.ts';

/**
 * What the state machine does next, after `seconds`. Decisions are returned, outages are thrown.
 */
export type NextStep = {
  next: Phase | 'wait' | 'continue' | 'end';
  seconds: number;
} & Execution;

/** A decided sync moves on to its decision; an execution of an old epoch ends. */
export function nextStepOf(sync: Sync, { tenant, outsideToken, epoch }: Execution, now: number): NextStep {
  const on = (next: NextStep['next'], seconds = 0): NextStep => ({
    tenant,
    outsideToken,
    epoch,
    next,
    seconds,
  });
  if (sync.epoch !== epoch || isEnded(sync) || sync.state === 'parked' || !sync.decision) return on('end');
  const isLong = sync.long || (sync.legs ?? 0) > 0;
  const seconds = Math.max(0, Math.ceil(((sync.settleUntil ?? 0) - now) / 1000));
  return isLong ? on(seconds > 0 ? 'wait' : 'continue', seconds) : on(phaseOf(sync), seconds);
}
