import type { Plan } from '#domain/syncs/sync.ts';
import { rfc3339 } from '#lib/rfc3339.ts';
import type { Manifest } from '#systems/manifest.ts';
import type { Totals } from '#systems/protocol.ts';
import { continuations, type Lane, lanesOf, secondsOf, transitionsOf } from './batch-load.ts';
import type { PlannedSync } from './plan-sync.ts';
import { assumptions, costOf } from './prices.ts';

/**
 * Usage of a sync of three systems that say yes at once, as bench/ counts it. Write units: the
 * item (4 KB) three times with its index, the ledger's pages with theirs, and the list; each of
 * two events is sent to, received and deleted by four subscribers.
 */
const used = { transition: 3, request: 1, write: 25, read: 10, event: 3, message: 24 };
const invocations = { door: 1, conductors: 2, relay: 5, subscribers: 8 };

/** Estimates a sync. `seconds_at_most`: every call at its timeout, and no retry. */
export function estimate({ systems }: Plan, manifests: Manifest[]) {
  const calls = systems.reduce((sum, { prepare }) => sum + (prepare === 'none' ? 1 : 2), 0);
  const others = Object.values(invocations).reduce((sum, count) => sum + count, 0);
  // The saga's functions run while they wait for the adapters, and the adapters while they wait
  // for the systems.
  const waiting = calls + invocations.conductors;
  const gbSecond =
    assumptions.gb * ((calls + others) * assumptions.functionSeconds + waiting * assumptions.callSeconds);
  const usd = costOf({ ...used, invocation: calls + others, gbSecond });
  return {
    calls,
    transitions: used.transition,
    aws_cost_usd: Number(usd.toFixed(6)),
    seconds_at_most: secondsAtMost(systems, manifests),
  };
}

/** Each phase calls all systems in parallel, then the `last` one. */
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

/**
 * The door's write and its read of the object; a read and a write per saga function, and one
 * results object; four messages and the pages of the relay.
 */
const awsCalls = 2 + 2 * 2 + 1 + 5;
const receiptBytes = 150;

/**
 * Estimates a batch in calls, time and money, if each system says yes to every chunk at once: at
 * the manifest's rate, or else at the assumed time per call. Fields of a single sync stay, with
 * the batch's figures.
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
    ...{ gbSecond: assumptions.gb * running, objectGet: 1 + opened, objectPut: 1 },
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

/**
 * Receipts are written once a second while a system is working, and each write is billed for the
 * whole item.
 */
const progressUnits = ({ by, calls, secondsLikely }: Lane): number =>
  by === 'chunks' ? Math.floor(secondsLikely) * Math.ceil((calls * receiptBytes) / 2048) : 0;

const sum = (lanes: Lane[], of: (lane: Lane) => number): number =>
  lanes.reduce((total, lane) => total + of(lane), 0);
