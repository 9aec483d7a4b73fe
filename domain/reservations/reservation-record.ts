import { keys, padded } from '#domain/keys.ts';
import type { SlotData } from '#events/slot-data.ts';
import type { Item, Page, Store } from '#lib/aws/table.ts';
import { Problem } from '#lib/problem.ts';
import { readReservationId } from './reservation-id.ts';

/** The reservation's own record: what a booking came to, projected from the slot's events, kept after the slot has moved on. */
export type ReservationRecord = Item & {
  v: number;
  slot: number;
  hold: string;
  state: 'booked' | 'cancelled';
  reservedAt: string;
  brand?: string;
  cancelledAt?: string;
};

export const readRecord = async (
  { table }: Store,
  tenant: string,
  slot: number,
  hold: string,
): Promise<ReservationRecord | undefined> =>
  (await table.getItem(keys.reservation(tenant, slot, hold), 'read-reservation')) as
    | ReservationRecord
    | undefined;

type Filter = {
  slot?: number | undefined;
  state?: string | undefined;
  limit: number;
  after?: string | undefined;
};

/** The tenant's reservations by slot, as far as events have told. */
export const listRecords = (
  { table }: Store,
  tenant: string,
  { slot, state, limit, after }: Filter,
): Promise<Page> => {
  // A cursor that was made up could point outside of what is asked for, and DynamoDB refuses to begin there.
  if (slot !== undefined && after && !after.startsWith(`${padded(slot)}#`))
    throw new Problem('cursor-invalid');
  return table.queryItems({
    label: 'list-reservations',
    pk: keys.reservation(tenant, 1, '').pk,
    limit,
    ...(slot !== undefined && { prefix: `${padded(slot)}#` }),
    ...(after && { after }),
    ...(state && { filter: '#state = :state', values: { state } }),
  });
};

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
