import type { Ask, WireDigests } from '#domain/participants/line.ts';
import type { Batch, BatchItem, Chunk, Phase, Receipt, Refused, Vote } from '#systems/protocol.ts';
import { chunkVotes } from './chunk-votes.ts';
import type { Progress, ReceiptKey, StoredReceipt } from './receipts.ts';

/** Cuts a stream of items into chunks with totals; only one chunk is in memory at a time. */
export async function* chunksOf(items: AsyncIterable<BatchItem>, size: number): AsyncGenerator<Chunk> {
  let [index, held] = [0, [] as BatchItem[]];
  const slice = () => chunkOf(index++, size, held);
  for await (const item of items) {
    held.push(item);
    if (held.length < size) continue;
    yield slice();
    held = [];
  }
  if (held.length > 0) yield slice();
}

const chunkOf = (index: number, size: number, items: BatchItem[]): Chunk => ({
  ...{ index, first: index * size, items, count: items.length },
  amount_minor: items.reduce((sum, { amount_minor }) => sum + amount_minor, 0),
});

/** The pace of a batch, from the manifest; `wait` and `now` in ms. */
type Pace = { items: number; atOnce: number; itemsPerSecond?: number | undefined };
type Tools = {
  call: (ask: Ask) => Promise<Vote>;
  /** The wire digests under this key. */
  digests: (key: string) => WireDigests | undefined;
  progress: Progress;
  now: () => number;
  wait: (ms: number) => Promise<unknown>;
};
/** `again`: the call may have been made before, so the receipts are read first. */
export type ChunkedCall = {
  ask: Ask & { batch: Batch };
  phase: Phase;
  way: ReceiptKey;
  pace: Pace;
  again: boolean;
};
export type BatchReply = { said: Vote; receipts: Receipt[]; failed: Refused[] };

const writeEveryMs = 1_000;

/**
 * Streams a batch to a system in chunks, several in flight, within its rate limit. Each chunk has
 * its own key, so that a repeat is recognised; when time is up it votes `more`, and the next leg
 * skips the chunks with receipts.
 */
export async function inChunks(
  { ask, phase, way, pace, again }: ChunkedCall,
  tools: Tools,
): Promise<BatchReply> {
  const { call, digests, progress, now, wait } = tools;
  const { batch, system, outsideToken, notAfter } = ask;
  const done = new Map<number, StoredReceipt>();
  const votes = chunkVotes(
    phase,
    phase === 'rollback' ? await progress.read({ ...way, phase: 'commit' }) : [],
  );
  const underWay = new Set<Promise<void>>();
  const reachMs = system.calls[phase]?.timeoutMs ?? system.timeoutMs;
  const begun = now();
  let [fresh, savedAt, sent, asked, more, written] = [
    [] as StoredReceipt[],
    begun,
    again ? pace.items : 0,
    0,
    false,
    false,
  ];

  const know = (kept: StoredReceipt[]) => {
    for (const receipt of kept) {
      if (done.has(receipt.chunk)) continue;
      done.set(receipt.chunk, receipt);
      votes.again(receipt);
    }
  };
  const save = async () => {
    const adding = fresh;
    [fresh, savedAt] = [[], now()];
    if (adding.length === 0) return;
    written = true;
    know(await progress.add(way, adding, batch.count));
  };
  const askOne = async ({ items, ...slice }: Chunk) => {
    const chunk = { ...slice, items };
    // A chunk is sent before the deadline or not at all; once sent it gets its full timeout.
    const key = `${outsideToken}:${system.name}:${phase}:${chunk.index}`;
    const said = await call({ ...ask, chunk, key, notAfter: notAfter + reachMs });
    if (!votes.add(chunk, said)) return;
    const { index, first, count, amount_minor } = slice;
    const { request, response } = digests(key) ?? { request: '', response: '' };
    const receipt = { chunk: index, first, count, amount_minor, request, response };
    const until = said.vote === 'yes' ? said.validUntil : undefined;
    const kept: StoredReceipt = {
      ...receipt,
      ...(until !== undefined && { validUntil: until }),
      ...(said.vote === 'no' && { absent: true }),
    };
    done.set(index, kept);
    fresh.push(kept);
  };

  if (again) know(await progress.read(way));
  let whole = false;
  try {
    for await (const chunk of chunksOf(batch.items(), pace.items)) {
      if (done.has(chunk.index)) continue;
      while (underWay.size >= pace.atOnce) await Promise.race(underWay);
      if (now() - savedAt >= writeEveryMs) await save();
      if (votes.stopped()) break;
      const due = pace.itemsPerSecond ? begun + (sent * 1000) / pace.itemsPerSecond : begun;
      more = Math.max(now(), due) >= notAfter;
      if (more) break;
      if (due > now()) await wait(due - now());
      if (done.has(chunk.index)) continue;
      sent += chunk.count;
      asked += 1;
      const asking = askOne(chunk).finally(() => underWay.delete(asking));
      underWay.add(asking);
    }
    whole = !more;
  } finally {
    // Every call in flight is awaited: a frozen one would go on in a later invocation.
    await Promise.allSettled(underWay);
    if (!whole || votes.stopped() || written) await save();
  }

  const receipts = [...done.values()].sort((a, b) => a.chunk - b.chunk);
  const totals = { count: sumOf(receipts, 'count'), amount_minor: sumOf(receipts, 'amount_minor') };
  const said = more && !votes.stopped() ? stoppedAt(asked) : votes.vote(totals);
  return { said, receipts: receipts.map(({ validUntil: _, ...receipt }) => receipt), failed: votes.refused };
}

/** A leg without any call would be followed by another one for ever. */
const stoppedAt = (asked: number): Vote =>
  asked > 0
    ? { vote: 'ongoing', more: true }
    : { vote: 'unknown', reason: 'its time was up before the first chunk', sent: false, held: true };

const sumOf = (receipts: Receipt[], what: 'count' | 'amount_minor'): number =>
  receipts.reduce((sum, receipt) => sum + receipt[what], 0);
