import type { Store } from '#lib/aws/table.ts';
import { Problem } from '#lib/problem.ts';
import { rfc3339 } from '#lib/rfc3339.ts';
import { readReservationId } from './reservation-id.ts';
import { readRecord } from './reservation-record.ts';
import { holdStateOf } from './slots/hold-state.ts';
import { readSlot } from './slots/read-slot.ts';
import { cancelled } from './slots/settled-requests.ts';

export type Found = {
  id: string;
  slot: number;
  hold: string;
  state: 'booked' | 'cancelled';
  brand?: string;
  reservedAt?: string;
  cancelledAt?: string;
};

/**
 * Reads the slot first, which has a booking as soon as it is confirmed; then the record, which
 * outlives the slot's memory.
 */
export async function findReservation(store: Store, tenant: string, id: string): Promise<Found> {
  const named = readReservationId(id);
  if (!named) throw new Problem('not-found');
  const slot = await readSlot(store, tenant, named.slot);
  const standing = holdStateOf(slot, named.hold);
  if (slot && standing === 'booked') {
    const { at, ...booking } = slot.outcome ?? {};
    return { id, ...named, state: 'booked', ...booking, ...(at && { reservedAt: rfc3339(at) }) };
  }
  const record = await readRecord(store, tenant, named.slot, named.hold);
  const memory = slot && cancelled(slot, named.hold);
  if (!record && !memory) throw new Problem('not-found');
  const brand = record?.brand ?? memory?.brand;
  const cancelledAt = record?.cancelledAt ?? (memory && rfc3339(memory.at));
  return {
    id,
    ...named,
    state: 'cancelled',
    ...(brand && { brand }),
    ...(record && { reservedAt: record.reservedAt }),
    ...(cancelledAt && { cancelledAt }),
  };
}
