import { hashOf } from '#domain/access/api-keys.ts';
import { keys } from '#domain/keys.ts';
import { putSlot } from '#domain/reservations/slots/put-slot.ts';
import type { Table } from '#lib/aws/table.ts';
import { systemClock } from '#lib/clock.ts';
import { newId } from '#lib/ids.ts';
import { apiKey, tenant } from './request.ts';

/**
 * Lockstep's table before the first reservation: one key, and free slots from 1 on and from
 * `refusedFrom` on.
 */
export async function seed(table: Table, slots: number, refusedFrom: number): Promise<void> {
  const access = {
    ...keys.access(tenant),
    ...{ v: 1, keys: { k1: { hash: hashOf(apiKey), role: 'booker', createdAt: '2027-01-15T08:00:00Z' } } },
  };
  await table.putItem({ label: 'seed', item: access, condition: 'attribute_not_exists(#pk)' });
  const described = { tenant, site: 'Gym', startsAt: '2027-01-15T09:00:00.000Z' };
  for (let index = 0; index < slots; index += 1)
    for (const slot of [1 + index, refusedFrom + index])
      await putSlot({ ...described, slot, change: newId() }, { table, clock: systemClock });
}
