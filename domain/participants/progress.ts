import { keys } from '#domain/keys.ts';
import type { Store } from '#lib/table.ts';
import type { Phase } from '#systems/contract.ts';
import { type Kept, receiptsIn } from './receipts-in.ts';

/** One system's way through a batch in one phase; a rollback begins anew where more is known of what may be there (`basis`), since that must be rolled back too. */
export type Way = { tenant: string; token: string; system: string; phase: Phase; basis?: string | undefined };
export type Progress = {
  read(way: Way): Promise<Kept[]>;
  add(way: Way, receipts: Kept[], total: number): Promise<Kept[]>;
  note(way: Way, done: number, total: number): Promise<void>;
};

const lanes = ({ phase, basis }: Way) => (phase === 'rollback' ? `${phase}#${basis}` : phase);
const keyOf = (way: Way) => keys.progress(way.tenant, way.token, `${way.system}#${lanes(way)}`);

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
