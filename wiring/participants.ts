import { setTimeout as wait } from 'node:timers/promises';
import type { AdapterRequest, CallLog } from '#domain/participants/adapter-messages.ts';
import { progressOn } from '#domain/participants/batches/receipts.ts';
import { findManifestOn } from '#domain/participants/frozen-manifests.ts';
import type * as line from '#domain/participants/line.ts';
import { type HttpCalls, httpLine } from '#domain/participants/lines/http/http-line.ts';
import { type ParticipantTools, participantOn } from '#domain/participants/participant.ts';
import { manifestDigest } from '#domain/syncs/accept/plan-sync.ts';
import { openBatchOn } from '#domain/syncs/batches/open-batch.ts';
import { catalogue } from '#events/index.ts';
import { systemClock } from '#lib/clock.ts';
import { count, measure, milliseconds } from '#lib/metrics.ts';
import { once } from '#lib/once.ts';
import { peakMemoryMb } from '#lib/peak-memory.ts';
import { loadSystem } from '#systems/load.ts';
import { deployedObjects } from './deployed-objects.ts';
import { deployedOutside, deployedTable, type Platform } from './platform.ts';

/** An adapter that speaks HTTP. */
export type Adapter = line.Adapter<HttpCalls>;

type Around = Pick<Platform, 'table' | 'clock' | 'wait' | 'objects' | 'measure'> & {
  systems: Pick<Platform['systems'], 'load'>;
};

/**
 * The tools of an adapter: its line, the batches of the bucket with their progress, and the frozen
 * manifests of plans.
 */
export const participantToolsOn = <Calls>(
  { table, clock, wait, objects, systems, measure }: Around,
  open: line.OpenLine<Calls>,
): ParticipantTools<Calls> => ({
  line: open,
  batches: {
    open: openBatchOn({ objects }),
    sole: ({ type, payload }) => catalogue.get(type)?.batch?.sole(payload),
    progress: progressOn({ table }),
    wait,
  },
  manifests: findManifestOn({ table, digestOf: manifestDigest, load: systems.load }),
  now: clock.now,
  tell: tellBy(measure),
});

/**
 * One log line per call, with its metrics: calls, answered calls (their average is the success
 * rate), duration.
 */
const tellBy =
  (measure: Around['measure']) =>
  ({ system, phase, said, reason, failure, chunks, ms }: CallLog): void => {
    const answered = said === 'unknown' ? 0 : 1;
    const measured = { calls: count(1), answered: count(answered), call_ms: milliseconds(ms) };
    const why = { ...(reason && { reason }), ...(failure && { failure }) };
    const more = { phase, said, ...why, ...(chunks && { chunks }), peak_mb: peakMemoryMb() };
    measure('participant', measured, { system }, more);
  };

const around = (): Around => ({
  ...{ table: deployedTable(), clock: systemClock, wait, measure },
  ...{ objects: deployedObjects(), systems: { load: loadSystem } },
});

/**
 * An adapter as the function that the saga invokes. A line makes a bundle large, so each adapter
 * brings its own.
 */
export const participantOver = <Calls>(
  adapter: line.Adapter<Calls>,
  { call, digest }: { call: () => Calls; digest: line.OpenLine<Calls>['digest'] },
) => {
  const ask = once(() => participantOn(adapter, participantToolsOn(around(), { calls: call(), digest })));
  return (asking: AdapterRequest) => ask()(asking);
};

export const participant = (adapter: Adapter) =>
  participantOver(adapter, { ...httpLine, call: () => httpLine.call(deployedOutside()) });
