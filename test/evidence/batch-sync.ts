import { createHash } from 'node:crypto';
import { keys } from '#domain/keys.ts';
import { chained, type NewRow, noHash, type Row } from '#domain/syncs/ledger-chain.ts';
import { outsideTokenOf } from '#domain/syncs/outside-token.ts';
import type { ParticipantAnswer } from '#domain/syncs/saga/answers.ts';
import { newResultDocument } from '#domain/syncs/saga/batch-results.ts';
import type { Result, Sync } from '#domain/syncs/sync.ts';
import { canonical } from '#lib/ids.ts';
import { leafOf, rootOf } from '#lib/proof/merkle.ts';
import type { BatchItem, Phase, Pinned, Receipt } from '#systems/protocol.ts';
import type { MemoryObjects } from '#table/memory-objects.ts';

export const tenant = 'acme';
export const syncId = 'c9c1e0aa-0000-4000-8000-000000000001';
export const outsideToken = outsideTokenOf(tenant, syncId);
export const items: BatchItem[] = Array.from({ length: 1_234 }, (_, i) => ({
  id: `P${i}`,
  amount_minor: 2_500 + i,
  payee: `Payee ${i}`,
}));
const chunkSize = 500;
const systems = ['debit', 'cheques', 'dashboard'];
const sumOf = (some: BatchItem[]) => some.reduce((sum, { amount_minor }) => sum + amount_minor, 0);
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

/** A batch in the bucket, pinned as acceptance pins it. */
export async function pinnedBatch(objects: MemoryObjects): Promise<Pinned> {
  const text = items.map((item) => `${canonical(item)}\n`).join('');
  const { version } = await objects.putObject('uploads/acme/upl_1', text, 'application/x-ndjson');
  const root = rootOf(items.map((item) => leafOf(canonical(item)))).toString('hex');
  const totals = { count: items.length, amount_minor: sumOf(items) };
  return {
    ...totals,
    key: 'uploads/acme/upl_1',
    version,
    digest: sha256(text),
    root,
    bytes: Buffer.byteLength(text),
    gzip: false,
  };
}

/** The receipts of a system for a whole batch: debit answers by chunks, the others at once. */
export const receiptsOf = (system: string, phase: Phase): Receipt[] => {
  const size = system === 'debit' ? chunkSize : items.length;
  return Array.from({ length: Math.ceil(items.length / size) }, (_, chunk) => {
    const slice = items.slice(chunk * size, (chunk + 1) * size);
    const [request, response] = [sha256(`${system} ${phase} ${chunk}`), sha256(`${system} says yes`)];
    return { chunk, first: chunk * size, count: slice.length, amount_minor: sumOf(slice), request, response };
  });
};

/** A sync of a batch whose item grows with each write and its rows, as conductors write it. */
export async function batchSync(objects: MemoryObjects, at: () => number) {
  const batch = await pinnedBatch(objects);
  let sync = {
    ...keys.sync(tenant, outsideToken),
    v: 0,
    tenant,
    syncId,
    outsideToken,
    batch,
    plan: { systems: [] },
    results: [] as Result[],
    rows: [] as Row[],
    seq: 0,
    head: noHash,
  };
  const written: (typeof sync)[] = [];
  const write = (added: NewRow[], results: Result[] = []): void => {
    sync = {
      ...chained({ ...sync, rows: [] }, at(), added),
      v: sync.v + 1,
      results: [...sync.results, ...results],
    };
    written.push(sync);
  };
  const row = (system: string, action: string, result: string, more: Partial<NewRow> = {}): NewRow => ({
    system,
    action,
    result,
    ...more,
  });

  return {
    accept: () =>
      write([
        row('lockstep', 'accept', 'accepted', {
          detail: 'benefit.adjusted, grade B',
          batch: { count: batch.count, amount_minor: batch.amount_minor, root: batch.root },
        }),
        ...systems.map((system) => row(system, 'policy', 'takes')),
      ]),
    prepare: () => write(systems.map((system) => row(system, 'prepare', 'success'))),
    /**
     * Writes the answers of all systems in one phase: a result object, its row, and a row for
     * each system. `receipts` replaces the correct receipts.
     */
    async phase(phase: 'commit' | 'rollback', receipts = receiptsOf): Promise<void> {
      const answers = systems.map(
        (system): ParticipantAnswer => ({
          system,
          phase,
          vote: { vote: 'yes' },
          at: at(),
          receipts: receipts(system, phase),
        }),
      );
      const text = newResultDocument(sync as unknown as Sync, phase, answers);
      const result = { phase, key: `results/${tenant}/${outsideToken}/${phase}.json`, digest: sha256(text) };
      await objects.putObject(result.key, text, 'application/json');
      write(
        [
          row('lockstep', 'results', phase, { object: result.digest }),
          ...systems.map((system) => row(system, phase, 'success')),
        ],
        [result],
      );
    },
    end: (result: string) => write([row('lockstep', 'sync', result)]),
    /** The writes since the last call, as the stream delivers them. */
    images: () => written.splice(0),
    item: () => sync,
  };
}
