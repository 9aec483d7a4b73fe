import type { Manifest } from '#systems/manifest.ts';
import { assumed, costOf } from './prices.ts';
import type { Plan } from './sync.ts';

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
