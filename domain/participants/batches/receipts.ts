import { keys } from '#domain/keys.ts';
import type { Store } from '#lib/aws/table.ts';
import type { Phase, Receipt } from '#systems/protocol.ts';

/** A stored receipt; `validUntil` (ms) ends its yes. */
export type StoredReceipt = Receipt & { validUntil?: number };

/** One receipt per chunk, in order. */
export function receiptsIn(item: object | undefined): StoredReceipt[] {
  const texts = [...((item as { receipts?: Set<string> } | undefined)?.receipts ?? [])].sort();
  const all = texts.map((text) => JSON.parse(text) as StoredReceipt);
  return [...new Map(all.map((receipt) => [receipt.chunk, receipt])).values()].sort(
    (a, b) => a.chunk - b.chunk,
  );
}

/**
 * Key of one system's receipts in one phase. A rollback with a new `basis` starts with no
 * receipts, since it must cover more.
 */
export type ReceiptKey = {
  tenant: string;
  outsideToken: string;
  system: string;
  phase: Phase;
  basis?: string | undefined;
};
export type Progress = {
  read(way: ReceiptKey): Promise<StoredReceipt[]>;
  add(way: ReceiptKey, receipts: StoredReceipt[], total: number): Promise<StoredReceipt[]>;
  note(way: ReceiptKey, done: number, total: number): Promise<void>;
};

const lanes = ({ phase, basis }: ReceiptKey) => (phase === 'rollback' ? `${phase}#${basis}` : phase);
const keyOf = (way: ReceiptKey) => keys.progress(way.tenant, way.outsideToken, `${way.system}#${lanes(way)}`);

/**
 * Receipts survive the function that got them. They are a set: adding one twice keeps one, and a
 * function that was thought dead removes nothing.
 */
export const progressOn = ({ table }: Pick<Store, 'table'>): Progress => ({
  async read(way) {
    return receiptsIn(await table.getItem(keyOf(way), 'read-progress'));
  },

  /** Promises: the receipts are of the same batch. Returns every receipt stored by now. */
  async add(way, receipts, total) {
    const decision = await table.updateItem({
      label: 'progress',
      key: keyOf(way),
      update: 'SET #total = :total ADD #receipts :receipts',
      condition: 'attribute_not_exists(#pk) OR #total = :total',
      values: { total, receipts: new Set(receipts.map((receipt) => JSON.stringify(receipt))) },
    });
    if (!decision.accepted) throw new Error('The progress is that of another batch');
    return receiptsIn(decision.item);
  },

  /**
   * Notes progress where there are no chunks, for display only. Promises: it is of the same batch.
   */
  async note(way, done, total) {
    await table.updateItem({
      label: 'progress',
      key: keyOf(way),
      update: 'SET #total = :total, #done = :done',
      condition: 'attribute_not_exists(#pk) OR #total = :total',
      values: { total, done },
    });
  },
});

export type BatchProgress = { system: string; phase: string; done: number; total: number };

/**
 * Progress of every system through a batch, in items; empty where none took longer than a second.
 */
export async function readProgress(
  { table }: Pick<Store, 'table'>,
  tenant: string,
  outsideToken: string,
): Promise<BatchProgress[]> {
  const { items } = await table.queryItems({
    label: 'read-progresses',
    pk: keys.progress(tenant, outsideToken, '').pk,
  });
  return items.map((item) => {
    const [system = '', phase = ''] = item.sk.split('#');
    const answered = receiptsIn(item).reduce((sum, { count }) => sum + count, 0);
    return { system, phase, done: Math.max(answered, Number(item.done ?? 0)), total: Number(item.total) };
  });
}
