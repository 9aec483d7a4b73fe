import type { Plan } from '#domain/syncs/sync.ts';
import { rfc3339 } from '#lib/rfc3339.ts';
import type { Manifest } from '#systems/manifest.ts';
import type { Totals } from '#systems/protocol.ts';
import { continuations, type Lane, lanesOf, secondsOf, transitionsOf } from './batch-load.ts';
import type { PlannedSync } from './plan-sync.ts';
import { assumed, costOf } from './prices.ts';

/**
 * What a sync of three systems uses if each says yes at once, as bench/ counts it. In write units: its item three times, four KB each, with the index of what
 * is open, the ledger's pages with theirs, and the list; each of two events is a message to four subscribers, sent, received and deleted.
 */
const used = { transition: 3, request: 1, write: 25, read: 10, event: 3, message: 24 };
const invocations = { door: 1, conductors: 2, relay: 5, subscribers: 8 };

/** What a sync would take. `seconds_at_most`: what its calls may take together, if each of them answers at the last moment, and none has to be made again. */
export function estimate({ systems }: Plan, manifests: Manifest[]) {
  const calls = systems.reduce((sum, { prepare }) => sum + (prepare === 'none' ? 1 : 2), 0);
  const others = Object.values(invocations).reduce((sum, count) => sum + count, 0);
  // A conductor waits for the systems that it has asked, as their adapters do.
  const waiting = calls + invocations.conductors;
  const gbSecond = assumed.gb * ((calls + others) * assumed.functionSeconds + waiting * assumed.callSeconds);
  const usd = costOf({ ...used, invocation: calls + others, gbSecond });
  return {
    calls,
    transitions: used.transition,
    aws_cost_usd: Number(usd.toFixed(6)),
    seconds_at_most: secondsAtMost(systems, manifests),
  };
}

/** In each phase all are asked at once, and behind them the one that comes last. */
function secondsAtMost(systems: Plan['systems'], manifests: Manifest[]): number {
  const rounds = (['prepare', 'commit'] as const).flatMap((phase) =>
    [false, true].map((last) => ({ phase, last })),
  );
  const limits = rounds.map(({ phase, last }) => {
    const asked = manifests.filter(({ name }) =>
      systems.some((system) => system.name === name && system.last === last),
    );
    return Math.max(
      0,
      ...asked.flatMap(({ calls, timeoutMs }) => (calls[phase] ? [calls[phase].timeoutMs ?? timeoutMs] : [])),
    );
  });
  return limits.reduce((sum, ms) => sum + ms, 0) / 1000;
}

/** `now` and `legMs` in ms. */
type Asked = { batch: Totals; now: number; legMs: number };

/** The door's write and its look at the object; of each conductor a read and a write, and one object with the results; of the relay four messages and pages. */
const awsCalls = 2 + 2 * 2 + 1 + 5;
const receiptBytes = 150;

/**
 * What a batch would take, in calls, time and money, if each system says yes to every slice at once: as fast as each of them can bear, and where it does not
 * say, as fast as a call is assumed to be answered. The figures of a sync stay, with those of the batch in their place.
 */
export function estimateBatch({ plan, taking }: PlannedSync, { batch, now, legMs }: Asked) {
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
