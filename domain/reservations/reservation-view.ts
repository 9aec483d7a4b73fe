import type { Item } from '#lib/aws/table.ts';
import type { Found } from './find-reservation.ts';
import { reservationId } from './reservation-id.ts';
import type { ReservationRecord } from './reservation-record.ts';

/** A reservation as callers see it. */
export const reservationView = ({
  id,
  slot,
  state,
  brand,
  reservedAt,
  cancelledAt,
}: Omit<Found, 'hold'>) => ({
  reservation_id: id,
  slot_id: slot,
  state,
  ...(brand && { brand }),
  ...(reservedAt && { reserved_at: reservedAt }),
  ...(cancelledAt && { cancelled_at: cancelledAt }),
});

export function recordView(item: Item) {
  const record = item as ReservationRecord;
  return reservationView({ ...record, id: reservationId(record.slot, record.hold) });
}
