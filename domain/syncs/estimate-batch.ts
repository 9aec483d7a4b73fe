import { rfc3339 } from '#lib/rfc3339.ts';
import type { Totals } from '#systems/contract.ts';
import { continuations, type Lane, lanesOf, secondsOf, transitionsOf } from './batch-work.ts';
import { estimate } from './estimate.ts';
import type { Planning } from './plan-for.ts';
import { assumed, costOf } from './prices.ts';

/** `now` and `legMs` in ms. */
type Asked = { batch: Totals; now: number; legMs: number };

/** The door's write and its look at the object; of each conductor a read and a write, and one object with the results; of the relay four messages and pages. */
const awsCalls = 2 + 2 * 2 + 1 + 5;
const receiptBytes = 150;

/**
 * What a batch would take, in calls, time and money, if each system says yes to every slice at once: as fast as each of them can bear, and where it does not
 * say, as fast as a call is assumed to be answered. The figures of a sync stay, with those of the batch in their place.
 */
export function estimateBatch({ plan, taking }: Planning, { batch, now, legMs }: Asked) {
  const lanes = lanesOf(batch.count, plan, taking);
  const legs = continuations(lanes, legMs);
  const reading = lanes.filter(({ reads }) => reads);
  const invoked = lanes.length + legs * (1 + plan.systems.length);
  const opened = reading.length + legs * new Set(reading.map(({ system }) => system)).size;
  const seconds = secondsOf(lanes, 'prepare', 'secondsLikely') + secondsOf(lanes, 'commit', 'secondsLikely');
  const running = sum(lanes, ({ secondsLikely }) => secondsLikely) + seconds;
  const progress = sum(lanes, progressUnits);
  const usd = costOf({
    ...{
      transition: transitionsOf(lanes, legMs) - 3,
      invocation: legs * (1 + plan.systems.length),
      write: progress,
    },
    ...{ gbSecond: assumed.gb * running, objectGet: 1 + opened, objectPut: 1 },
  });
  const single = estimate(plan, taking);
  return {
    ...single,
    ...{
      items: batch.count,
      amount_minor: batch.amount_minor,
      calls: sum(lanes, ({ calls }) => calls),
      continuations: legs,
    },
    transitions: transitionsOf(lanes, legMs),
    aws_calls: awsCalls + invoked + opened,
    aws_cost_usd: Number((single.aws_cost_usd + usd).toFixed(6)),
    seconds: Number(seconds.toFixed(1)),
    seconds_at_most:
      secondsOf(lanes, 'prepare', 'secondsAtMost') + secondsOf(lanes, 'commit', 'secondsAtMost'),
    finished_at: rfc3339(now + Math.ceil(seconds) * 1000),
    by_system: lanes.map(({ system, phase, by, calls, secondsLikely }) => ({
      ...{ system, phase, by, calls },
      seconds: Number(secondsLikely.toFixed(1)),
    })),
  };
}

/** Receipts are written down once a second as long as a system is not through, and what is paid for is the whole item. */
const progressUnits = ({ by, calls, secondsLikely }: Lane): number =>
  by === 'chunks' ? Math.floor(secondsLikely) * Math.ceil((calls * receiptBytes) / 2048) : 0;

const sum = (lanes: Lane[], of: (lane: Lane) => number): number =>
  lanes.reduce((total, lane) => total + of(lane), 0);
