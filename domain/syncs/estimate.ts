import type { Manifest } from '#systems/manifest.ts';
import type { Plan } from './sync.ts';

/** AWS's list prices, in USD for a million: us-east-1, on demand, arm64, as of July 2025. What the outside systems charge is not in it. */
const prices = { request: 3.5, transition: 25, invocation: 0.2, gbSecond: 13.33, write: 0.625, read: 0.125, event: 1, message: 0.4 };

/**
 * What a sync of three systems uses if each says yes at once. In write units: its item three times, three KB each, with the index of what is open, the ledger's
 * pages, and the list; each of two events is a message to four subscribers, sent, received and deleted.
 */
const used = { transitions: 3, requests: 1, writes: 20, reads: 6, events: 3, messages: 24 };
const invocations = { door: 1, conductors: 2, relay: 3, subscribers: 8 };
const gb = 0.5;
const seconds = { call: 0.2, other: 0.1 };

/** What a sync would take. `seconds_at_most`: what its calls may take together, if each of them answers at the last moment, and none has to be made again. */
export function estimate({ systems }: Plan, manifests: Manifest[]) {
  const calls = systems.reduce((sum, { prepare }) => sum + (prepare === 'none' ? 1 : 2), 0);
  const others = Object.values(invocations).reduce((sum, count) => sum + count, 0);
  const gbSeconds = gb * ((calls + others) * seconds.other + calls * seconds.call);
  const perMillion =
    used.requests * prices.request +
    used.transitions * prices.transition +
    (calls + others) * prices.invocation +
    gbSeconds * prices.gbSecond +
    used.writes * prices.write +
    used.reads * prices.read +
    used.events * prices.event +
    used.messages * prices.message;
  return {
    calls,
    transitions: used.transitions,
    aws_cost_usd: Number((perMillion / 1_000_000).toFixed(6)),
    seconds_at_most: secondsAtMost(systems, manifests),
  };
}

/** In each phase all are asked at once, and behind them the one that comes last. */
function secondsAtMost(systems: Plan['systems'], manifests: Manifest[]): number {
  const rounds = (['prepare', 'commit'] as const).flatMap((phase) => [false, true].map((last) => ({ phase, last })));
  const limits = rounds.map(({ phase, last }) => {
    const asked = manifests.filter(({ name }) => systems.some((system) => system.name === name && system.last === last));
    return Math.max(0, ...asked.flatMap(({ calls, timeoutMs }) => (calls[phase] ? [calls[phase].timeoutMs ?? timeoutMs] : [])));
  });
  return limits.reduce((sum, ms) => sum + ms, 0) / 1000;
}
