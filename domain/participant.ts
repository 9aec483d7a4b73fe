import { setTimeout as wait } from 'node:timers/promises';
import { catalogue } from '#events/index.ts';
import { endpointOf } from '#lib/env.ts';
import { httpOutside } from '#lib/http-outside.ts';
import { count, measure, milliseconds } from '#lib/metrics.ts';
import { objects as made } from '#lib/objects.ts';
import { once } from '#lib/once.ts';
import { peakMemoryMb } from '#lib/peak-memory.ts';
import { deployedSecrets } from '#lib/secrets.ts';
import { store } from '#lib/store.ts';
import type { Adapter, Lines } from '#systems/contract.ts';
import { loadSystem } from '#systems/load.ts';
import { openBatchOn } from './batches/open-batch.ts';
import { findManifestOn } from './participants/find-manifest.ts';
import { type Asking, type Batches, participantOn, type Told } from './participants/participant.ts';
import { progressOn } from './participants/progress.ts';
import { restOn } from './participants/rest.ts';
import { manifestDigest } from './syncs/plan-sync.ts';

export { stoodFrom, voteFrom } from './participants/votes.ts';
export type { Adapter };

const rest = /* @__PURE__ */ once(() =>
  restOn({ outside: httpOutside({ clock: store().clock, endpoint: endpointOf }), secrets: deployedSecrets }),
);
/** A line to files comes with much that the bundle of no other adapter needs: who speaks over it brings it along. */
const none: Lines['sftp'] = async () => Promise.reject(new Error('This function has no line to files'));
const manifests = /* @__PURE__ */ once(() =>
  findManifestOn({ table: store().table, digestOf: manifestDigest, load: loadSystem }),
);

const batches = /* @__PURE__ */ once((): Batches => {
  const objects = made();
  return {
    open: openBatchOn({ objects }),
    sole: (type, payload) => catalogue.get(type)?.batch?.sole(payload as Record<string, unknown>),
    progress: progressOn(store()),
    wait,
  };
});

/** An adapter as the function that conductors invoke. */
export const participant = (adapter: Adapter, { sftp = none }: Partial<Lines> = {}) => {
  const now = () => store().clock.now();
  const ask = once(() =>
    participantOn(adapter, {
      lines: { rest: rest(), sftp },
      batches: batches(),
      manifests: manifests(),
      now,
      tell,
    }),
  );
  return (asking: Asking) => ask()(asking);
};

/** One line per call, which is its metrics too: how many, how many were answered (their average is the success rate), how long. */
function tell({ system, phase, said, reason, failure, chunks, ms }: Told): void {
  const answered = said === 'unknown' ? 0 : 1;
  const measured = { calls: count(1), answered: count(answered), call_ms: milliseconds(ms) };
  const why = { ...(reason && { reason }), ...(failure && { failure }) };
  measure(
    'participant',
    measured,
    { system },
    { phase, said, ...why, ...(chunks && { chunks }), peak_mb: peakMemoryMb() },
  );
}
