import { endpointOf } from '#lib/env.ts';
import { httpOutside } from '#lib/http-outside.ts';
import { measure } from '#lib/metrics.ts';
import { once } from '#lib/once.ts';
import { deployedSecrets } from '#lib/secrets.ts';
import { store } from '#lib/store.ts';
import type { Adapter } from '#systems/contract.ts';
import { loadSystem } from '#systems/load.ts';
import { findManifestOn } from './participants/find-manifest.ts';
import { type Asking, participantOn, type Told } from './participants/participant.ts';
import { restOn } from './participants/rest.ts';
import { manifestDigest } from './syncs/plan-sync.ts';

export { stoodFrom, voteFrom } from './participants/votes.ts';
export type { Adapter };

const lines = once(() => ({
  rest: restOn({ outside: httpOutside({ clock: store().clock, endpoint: endpointOf }), secrets: deployedSecrets }),
}));
const manifests = once(() => findManifestOn({ table: store().table, digestOf: manifestDigest, load: loadSystem }));

/** An adapter as the function that conductors invoke. */
export const participant = (adapter: Adapter) => {
  const ask = once(() => participantOn(adapter, { lines: lines(), manifests: manifests(), now: () => store().clock.now(), tell }));
  return (asking: Asking) => ask()(asking);
};

/** One line per call, which is its metrics too: how many, how many were answered (their average is the success rate), how long. */
function tell({ system, phase, said, reason, failure, ms }: Told): void {
  const answered = said === 'unknown' ? 0 : 1;
  const measured = { calls: count(1), answered: count(answered), call_ms: { value: ms, unit: 'Milliseconds' as const } };
  measure('participant', measured, { system }, { phase, said, ...(reason && { reason }), ...(failure && { failure }) });
}

const count = (value: number) => ({ value, unit: 'Count' as const });
