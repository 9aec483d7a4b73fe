import { keys } from '#domain/keys.ts';
import type { SlotData } from '#events/slot-data.ts';
import type { Store } from '#lib/table.ts';
import { readReservationId } from './reservation-id.ts';

/** Write the reservation that an event tells of into its own record. Promises: nothing newer is there, so a repeat or a latecomer changes nothing. */
export async function keepReservation(
  { table }: Store,
  tenant: string,
  v: number,
  { reservation }: SlotData,
): Promise<void> {
  const named = reservation && readReservationId(reservation.reservation_id);
  if (!named) return;
  const { state, reserved_at: reservedAt, cancelled_at: cancelledAt, brand } = reservation;
  const item = {
    ...keys.reservation(tenant, named.slot, named.hold),
    v,
    ...named,
    state,
    reservedAt,
    ...(brand && { brand }),
    ...(cancelledAt && { cancelledAt }),
  };
  await table.putItem({
    label: 'keep-reservation',
    item,
    condition: 'attribute_not_exists(#pk) OR #v < :v',
    values: { v },
  });
}
