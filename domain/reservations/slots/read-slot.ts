import { keys } from '#domain/keys.ts';
import type { Store } from '#lib/aws/table.ts';
import type { Slot } from './slot.ts';

/** Strongly consistent: reads the last write. */
export const readSlot = async ({ table }: Store, tenant: string, slot: number): Promise<Slot | undefined> =>
  (await table.getItem(keys.slot(tenant, slot), 'read-slot')) as Slot | undefined;
