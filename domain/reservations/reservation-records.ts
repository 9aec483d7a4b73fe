import { keys, padded } from '#domain/keys.ts';
import type { Item, Page, Store } from '#lib/table.ts';

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
type Filter = { slot?: number | undefined; state?: string | undefined; limit: number; after?: string | undefined };

export const readRecord = async ({ table }: Store, tenant: string, slot: number, hold: string): Promise<ReservationRecord | undefined> =>
  (await table.get(keys.reservation(tenant, slot, hold), 'read-reservation')) as ReservationRecord | undefined;

export const listRecords = ({ table }: Store, tenant: string, { slot, state, limit, after }: Filter): Promise<Page> =>
  table.query({
    label: 'list-reservations',
    pk: keys.reservation(tenant, 1, '').pk,
    limit,
    ...(slot !== undefined && { prefix: `${padded(slot)}#` }),
    ...(after && { after }),
    ...(state && { filter: '#state = :state', values: { state } }),
  });
