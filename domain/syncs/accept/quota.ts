import type { Limits } from '#domain/syncs/sync.ts';
import { Problem } from '#lib/problem.ts';
import { rfc3339 } from '#lib/rfc3339.ts';
import { forwardPhases } from '#systems/protocol.ts';
import { type Lane, lanesOf, secondsOf, transitionsOf } from './batch-load.ts';
import type { PlannedSync } from './plan-sync.ts';

/** Step Functions allows 25,000 history events per execution; a transition writes up to five. */
const mostTransitions = 5_000;
/** The receipts of one system's phase are one item of at most 400 KB in DynamoDB. */
const mostCalls = 2_000;

type Asked = { count: number; deadline: number; now: number; limits: Pick<Limits, 'legMs'> };

/**
 * Refuses a batch that the systems cannot prepare before its deadline (ms), or that exceeds one
 * execution or one receipts item. Names the slow systems and the numbers.
 */
export function checkQuota({ plan, taking }: PlannedSync, { count, deadline, now, limits }: Asked): void {
  const lanes = lanesOf(count, plan, taking);
  const needed = secondsOf(lanes, 'prepare');
  if (now + needed * 1000 > deadline)
    refuse(
      lanes,
      'prepare',
      `${count} items would be decided after ${spoken(needed)} s, and the deadline is ${rfc3339(deadline)}`,
    );
  const many = lanes.find(({ calls }) => calls > mostCalls);
  if (many)
    throw new Problem('quota-exceeded', {
      detail: `${count} items are ${many.calls} calls to ${many.system}, and ${mostCalls} are the most. Send less at once.`,
    });
  const transitions = transitionsOf(lanes, limits.legMs);
  if (transitions > mostTransitions) {
    const phase = forwardPhases.reduce((a, b) => (secondsOf(lanes, a) > secondsOf(lanes, b) ? a : b));
    refuse(
      lanes,
      phase,
      `${count} items take ${transitions} state transitions, and one execution has ${mostTransitions}`,
    );
  }
}

function refuse(lanes: Lane[], phase: Lane['phase'], because: string): never {
  const slow = lanes.filter((lane) => lane.phase === phase).reduce((a, b) => (b.seconds > a.seconds ? b : a));
  throw new Problem('quota-exceeded', {
    detail: `${because}: ${slow.system} needs ${spoken(slow.seconds)} s to ${phase} them at its pace. Send less at once, or allow more time.`,
  });
}

const spoken = (seconds: number): string => String(Math.ceil(seconds));
