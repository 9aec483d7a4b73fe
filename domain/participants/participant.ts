import { digest } from '#lib/ids.ts';
import type { Manifest } from '#systems/manifest.ts';
import type {
  Adapter,
  Ask,
  Batch,
  BatchItem,
  Line,
  Phase,
  Pinned,
  QueryResult,
  Receipt,
  Refused,
  Vote,
} from '#systems/protocol.ts';
import { forBatch, soleBatch } from './batches/batch-calls.ts';
import { type BatchReply, inChunks } from './batches/chunk-stream.ts';
import { agreed } from './batches/chunk-votes.ts';
import type { Progress } from './batches/receipts.ts';
import { reportProgress } from './batches/report-progress.ts';
import { inOne } from './batches/whole-batch.ts';
import { failureOf, outageVote } from './outage-votes.ts';
import { digestLine, type WireDigests } from './wire-digests.ts';

/**
 * What a conductor sends to an adapter's function: `digest` names the manifest that the plan has frozen, `batch` what acceptance has pinned. `again`: it may
 * have been asked before, by whoever did not come to its end. `basis`: what a rollback covers.
 */
export type AdapterRequest = Omit<Ask, 'system' | 'batch' | 'chunk'> & {
  tenant: string;
  basis?: string;
  system: string;
  digest: string;
  phase: Phase | 'query';
  batch?: Pinned;
  again?: boolean;
};
/** `receipts`: of a batch, what was answered slice by slice; `failed`: the items that were refused. */
export type AdapterReply = {
  said: Vote | QueryResult;
  request: string;
  response: string;
  receipts?: Receipt[];
  failed?: Refused[];
};

/** `failure`: what has gone wrong on our side, for the log alone. */
export type CallLog = {
  system: string;
  phase: string;
  said: string;
  reason?: string;
  failure?: string;
  chunks?: number;
  ms: number;
};
/** What batches take beside the lines: the stream of what was pinned, the one item that stands for a single event, receipts, and time. */
export type Batches = {
  open: (pinned: Pinned) => Batch;
  sole: (type: string, payload: unknown) => BatchItem | undefined;
  progress: Progress;
  wait: (ms: number) => Promise<unknown>;
};
type Tools = {
  lines: Line;
  batches: Batches;
  manifests: (system: string, digest: string) => Promise<Manifest>;
  now: () => number;
  tell: (told: CallLog) => void;
};

/**
 * What all adapters share: the frozen manifest, the time limit, batches and their receipts, one line and one metric per ask. Whatever an adapter throws means
 * that nobody knows, and is said so: only it can tell a no. Payloads and answers stay inside; what leaves is a vote and digests.
 */
export const participantOn = (adapter: Adapter, tools: Tools) => {
  const { manifests, now, tell } = tools;
  return async (asking: AdapterRequest): Promise<AdapterReply> => {
    const { system: name, phase } = asking;
    const begun = now();
    let failure: string | undefined;
    const { lines, digests } = digestLine(tools.lines);
    const heard = await manifests(name, asking.digest)
      .then((system) => asked(adapter, asking, system, { ...tools, lines, digests }))
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
    // What was asked and understood, whenever and by whichever secret; what went over the line for each chunk is in the receipts.
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

type Seen = { digests: (key: string) => WireDigests | undefined };
type Said = { said: Vote | QueryResult } & Partial<Omit<BatchReply, 'said'>>;

/** One change is asked about at once; a batch as its system takes it. */
async function asked(
  adapter: Adapter,
  asking: AdapterRequest,
  frozen: Manifest,
  { lines, batches, now, digests }: Tools & Seen,
): Promise<Said> {
  const { system: _, digest: __, phase, tenant, basis, batch: pinned, again = false, ...rest } = asking;
  const system = pinned ? forBatch(frozen) : frozen;
  const batch = pinned ? batches.open(pinned) : soleBatch(frozen, batches.sole(asking.type, asking.payload));
  const ask: Ask = { ...rest, system, ...(batch && { batch }) };
  if (phase === 'query') return { said: await adapter.query(ask, lines) };
  if (!pinned || !batch) return { said: await adapter[phase](ask, lines) };
  const way = { tenant, basis, outsideToken: ask.outsideToken, system: system.name, phase };
  if (system.batch?.by === 'chunks') {
    const call = (chunk: Ask) =>
      adapter[phase](chunk, lines).catch((error: unknown) => outageVote(error, phase));
    return inChunks(
      { ask: { ...ask, batch }, phase, way, pace: system.batch, again },
      { ...batches, call, now, digests },
    );
  }
  const seen = reportProgress(batch, (done) => batches.progress.note(way, done, batch.count), now);
  const said = agreed(phase, await adapter[phase]({ ...ask, batch: seen }, lines), batch);
  return inOne(batch, said, digests(ask.key));
}
