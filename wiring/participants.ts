import { setTimeout as wait } from 'node:timers/promises';
import type { AdapterRequest, CallLog } from '#domain/participants/adapter-messages.ts';
import { progressOn } from '#domain/participants/batches/receipts.ts';
import { findManifestOn } from '#domain/participants/frozen-manifests.ts';
import { jsonCallsOn } from '#domain/participants/http/json-call.ts';
import { participantOn } from '#domain/participants/participant.ts';
import { manifestDigest } from '#domain/syncs/accept/plan-sync.ts';
import { openBatchOn } from '#domain/syncs/batches/open-batch.ts';
import { catalogue } from '#events/index.ts';
import { systemClock } from '#lib/clock.ts';
import { count, measure, milliseconds } from '#lib/metrics.ts';
import { once } from '#lib/once.ts';
import { peakMemoryMb } from '#lib/peak-memory.ts';
import { loadSystem } from '#systems/load.ts';
import type { Adapter, Line } from '#systems/protocol.ts';
import { deployedObjects } from './deployed-objects.ts';
import { deployedOutside, deployedTable, type Platform } from './platform.ts';

export { queryResultFrom, voteFromReply } from '#domain/participants/http/votes.ts';
export type { Adapter };

type Around = Pick<Platform, 'table' | 'clock' | 'wait' | 'objects' | 'outside' | 'measure'> & {
  systems: Pick<Platform['systems'], 'load'>;
};
type Tools = Parameters<typeof participantOn>[1];
type FileLine = Line['sftp'];

/** The SFTP line makes a bundle large, so only an adapter of files passes one in. */
const noFiles: FileLine = async () => Promise.reject(new Error('This function has no SFTP line'));

/**
 * The tools of an adapter: its lines, the batches of the bucket with their progress, and the
 * frozen manifests of plans.
 */
export const participantToolsOn = (
  { table, clock, wait, objects, outside, systems, measure }: Around,
  sftp: FileLine = noFiles,
): Tools => ({
  lines: { rest: jsonCallsOn({ outside }), sftp },
  batches: {
    open: openBatchOn({ objects }),
    sole: (type, payload) => catalogue.get(type)?.batch?.sole(payload as Record<string, unknown>),
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
  ...{ objects: deployedObjects(), outside: deployedOutside(), systems: { load: loadSystem } },
});

/** An adapter as the function that the saga invokes. */
export const participant = (adapter: Adapter, { sftp }: Partial<Line> = {}) => {
  const ask = once(() => participantOn(adapter, participantToolsOn(around(), sftp)));
  return (asking: AdapterRequest) => ask()(asking);
};
