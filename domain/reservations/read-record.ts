import { keys } from '#domain/keys.ts';
import type { Item, Store } from '#lib/table.ts';

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
