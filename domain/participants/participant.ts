import type { SyncChange } from '#domain/syncs/change.ts';
import { digest } from '#lib/ids.ts';
import type { Manifest } from '#systems/manifest.ts';
import type { Batch, BatchItem, Pinned, QueryResult, Vote } from '#systems/protocol.ts';
import type { AdapterReply, AdapterRequest, CallLog } from './adapter-messages.ts';
import { forBatch, soleBatch } from './batches/batch-calls.ts';
import { type BatchReply, inChunks } from './batches/chunk-stream.ts';
import { agreed } from './batches/chunk-votes.ts';
import type { Progress } from './batches/receipts.ts';
import { reportProgress } from './batches/report-progress.ts';
import { inOne } from './batches/whole-batch.ts';
import type { Adapter, Ask, OpenLine, WireDigests } from './line.ts';
import { failureOf, outageVote } from './outage-votes.ts';

/** Batch tools: opens a pinned batch, makes a single event an item, and keeps receipts. */
export type Batches = {
  open: (pinned: Pinned) => Batch;
  sole: (change: SyncChange) => BatchItem | undefined;
  progress: Progress;
  wait: (ms: number) => Promise<unknown>;
};
export type ParticipantTools<Calls> = {
  line: OpenLine<Calls>;
  batches: Batches;
  manifests: (system: string, digest: string) => Promise<Manifest>;
  now: () => number;
  tell: (told: CallLog) => void;
};

/**
 * Wraps an adapter: frozen manifest, time limit, batches with receipts, one log line and metric
 * per call. An exception becomes `unknown`, never `no`; payloads and answers stay inside, only
 * votes and digests are returned.
 */
export const participantOn = <Calls>(adapter: Adapter<Calls>, tools: ParticipantTools<Calls>) => {
  const { manifests, now, tell } = tools;
  return async (asking: AdapterRequest): Promise<AdapterReply> => {
    const { system: name, phase } = asking;
    const begun = now();
    let failure: string | undefined;
    const digests = new Map<string, WireDigests>();
    const calls = tools.line.digest(tools.line.calls, (key, noted) => void digests.set(key, noted));
    const heard = await manifests(name, asking.digest)
      .then((system) =>
        asked(adapter, asking, system, { ...tools, calls, digests: (key) => digests.get(key) }),
      )
      .catch((error: unknown): Said => {
        failure = failureOf(error);
        return { said: outageVote(error, phase) };
      });
    const { said, receipts, failed = [] } = heard;
    tell({
      ...{ system: name, phase, said: 'vote' in said ? said.vote : said.stands },
      ...('reason' in said && { reason: said.reason }),
      ...(failure && { failure }),
      ...(receipts && { chunks: receipts.length }),
      ms: now() - begun,
    });
    // Digest of the command alone, without time or secret; the wire digests of each chunk are in
    // the receipts.
    const request = digest(
      phase,
      asking.outsideToken,
      asking.key,
      asking.type,
      asking.payload,
      asking.batch?.root,
    );
    return {
      ...{ said, request, response: digest(said, receipts) },
      ...(receipts && { receipts }),
      ...(failed.length > 0 && { failed }),
    };
  };
};

type Seen<Calls> = { calls: Calls; digests: (key: string) => WireDigests | undefined };
type Said = { said: Vote | QueryResult } & Partial<Omit<BatchReply, 'said'>>;

async function asked<Calls>(
  adapter: Adapter<Calls>,
  asking: AdapterRequest,
  frozen: Manifest,
  { calls, batches, now, digests }: ParticipantTools<Calls> & Seen<Calls>,
): Promise<Said> {
  const { system: _, digest: __, phase, tenant, basis, batch: pinned, again = false, ...rest } = asking;
  const system = pinned ? forBatch(frozen) : frozen;
  const batch = pinned ? batches.open(pinned) : soleBatch(frozen, batches.sole(asking));
  const ask: Ask = { ...rest, system, ...(batch && { batch }) };
  if (phase === 'query') return { said: await adapter.query(ask, calls) };
  if (!pinned || !batch) return { said: await adapter[phase](ask, calls) };
  const way = { tenant, basis, outsideToken: ask.outsideToken, system: system.name, phase };
  if (system.batch?.by === 'chunks') {
    const call = (chunk: Ask) =>
      adapter[phase](chunk, calls).catch((error: unknown) => outageVote(error, phase));
    return inChunks(
      { ask: { ...ask, batch }, phase, way, pace: system.batch, again },
      { ...batches, call, now, digests },
    );
  }
  const seen = reportProgress(batch, (done) => batches.progress.note(way, done, batch.count), now);
  const said = agreed(phase, await adapter[phase]({ ...ask, batch: seen }, calls), batch);
  return inOne(batch, said, digests(ask.key));
}
