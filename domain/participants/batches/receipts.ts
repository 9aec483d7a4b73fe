import { keys } from '#domain/keys.ts';
import type { Store } from '#lib/aws/table.ts';
import type { Phase, Receipt } from '#systems/protocol.ts';

/** A receipt as it is kept; `validUntil` (ms) ends the yes that it stands for. */
export type StoredReceipt = Receipt & { validUntil?: number };

/** One receipt per chunk, in the order of the chunks. */
export function receiptsIn(item: object | undefined): StoredReceipt[] {
  const texts = [...((item as { receipts?: Set<string> } | undefined)?.receipts ?? [])].sort();
  const all = texts.map((text) => JSON.parse(text) as StoredReceipt);
  return [...new Map(all.map((receipt) => [receipt.chunk, receipt])).values()].sort(
    (a, b) => a.chunk - b.chunk,
  );
}

/** One system's way through a batch in one phase; a rollback begins anew where more is known of what may be there (`basis`), since that must be rolled back too. */
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
 * Receipts that outlive the function that got them. They are a set: one that is added twice is there once, and a function that was believed dead takes nothing
 * away. Whatever is done is computed from it.
 */
export const progressOn = ({ table }: Pick<Store, 'table'>): Progress => ({
  async read(way) {
    return receiptsIn(await table.getItem(keyOf(way), 'read-progress'));
  },

  /** Promises: it is the batch that the others were added for. Brings back every receipt that there is by now. */
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

  /** How far it is where there are no chunks, for eyes only. Promises: it is of the same batch. */
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

/** How far every system is with a batch, in items; empty where nobody took longer than a moment. */
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
