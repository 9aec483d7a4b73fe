import { keys, padded } from '#domain/keys.ts';
import type { SlotData } from '#events/slot-data.ts';
import { keepNewest } from '#lib/aws/projection.ts';
import type { Item, Page, Store } from '#lib/aws/table.ts';
import { Problem } from '#lib/problem.ts';
import { readReservationId } from './reservation-id.ts';

/**
 * The record of a reservation, projected from the slot's events, and kept after the slot has
 * forgotten it.
 */
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

/** The tenant's reservations by slot, built from events: the list may lag. */
export const listRecords = (
  { table }: Store,
  tenant: string,
  { slot, state, limit, after }: Filter,
): Promise<Page> => {
  // A forged cursor could point outside of the query, where DynamoDB refuses to start.
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

/**
 * Stores the reservation in an event as its record. Promises: nothing newer is there, so a
 * repeated or late event changes nothing.
 */
export async function keepReservation(
  store: Store,
  tenant: string,
  v: number,
  { reservation }: SlotData,
): Promise<void> {
  const named = reservation && readReservationId(reservation.reservation_id);
  if (!named) return;
  const { state, reserved_at: reservedAt, cancelled_at: cancelledAt, brand } = reservation;
  await keepNewest(store, 'keep-reservation', {
    ...keys.reservation(tenant, named.slot, named.hold),
    v,
    ...named,
    state,
    reservedAt,
    ...(brand && { brand }),
    ...(cancelledAt && { cancelledAt }),
  });
}
