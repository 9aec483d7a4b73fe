import { acceptSync } from '#domain/syncs/accept/accept-sync.ts';
import { syncFields, toCommand } from '#domain/syncs/accept/sync-fields.ts';
import { pinBatchOn } from '#domain/syncs/batches/pin-batch.ts';
import type { Manifest } from '#systems/manifest.ts';
import { type MemoryObjects, memoryObjects } from '#table/memory-objects.ts';
import { manifests, type SyncWorld, syncWorld, tenant } from './syncs-world.ts';

export const { debit, letters, gazette } = manifests;
/** A system that takes batches in chunks of `items`, at this pace. */
export const paced = (itemsPerSecond: number, items = 500, name = 'debit'): Manifest => ({
  ...debit,
  name,
  batch: { by: 'chunks', items, atOnce: 4, itemsPerSecond },
});
export const totals: Manifest = { ...debit, name: 'totals', batch: { by: 'totals', items: 500, atOnce: 4 } };

export let [w, objects]: [SyncWorld, MemoryObjects] = [syncWorld(), memoryObjects()];
export const open = (...systems: Manifest[]) => {
  w = syncWorld({ systems });
  objects = memoryObjects();
};
/** Removes every upload. */
export const loseObjects = () => {
  objects = memoryObjects();
};

export const commandOf = (items: unknown, more: object = {}, key = 'k1') =>
  toCommand(
    syncFields.parse({ type: 'benefit_adjusted', payload: { state: 'OH', delta_usd: 25 }, items, ...more }),
    { tenant, key },
  );
export const pin = () => ({ ...w.accepting, pin: pinBatchOn({ objects }) });
export const post = (items: unknown, more?: object, key?: string) =>
  acceptSync(commandOf(items, more, key), pin());
