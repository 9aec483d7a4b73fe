import type { Price } from '#events/slot-data.ts';
import type { Item } from '#lib/aws/table.ts';

/**
 * The slot: one item is the state, the lock, the idempotency record, the stored answer and the
 * outbox. The largest is at most 1,024 bytes as DynamoDB counts them, so that every write costs
 * one write unit.
 */
export type Slot = Item & {
  /** +1 on every write; the ETag for callers. */
  v: number;
  state: 'free' | 'held' | 'booked';
  /** Digest of tenant and Idempotency-Key of the hold or booking. */
  holder?: string;
  /** Id of the attempt that holds or has booked it: the fence of every later write. */
  hold?: string;
  /** Digest of the request, to recognise a key that is reused for another command. */
  request?: string;
  /**
   * End of the lease, in ms. A lapsed hold counts as free: the condition decides, never the
   * absence of the item.
   */
  until?: number;
  outcome?: Booking;
  /** Settled requests by holder, see settled-requests.ts. */
  past: Record<string, Uint8Array>;
  /** Until when (ms) the day's bookings fill `past`. */
  full?: number;
  /** Holds whose payment is not settled. */
  open?: Set<string>;
  /** The last event. Only the write for which `eventV` equals `v` publishes it. */
  event: SlotEvent;
  eventV: number;
  site: string;
  startsAt: string;
  endsAt?: string;
  price?: Price;
  brands?: string[];
};

export type Booking = { at: number; brand?: string };
/** `attempt`: the hold, or the id of the change. `booking`: what a cancellation has undone. */
export type SlotEvent = { type: string; at: number; attempt: string; booking?: Booking };

/** How many holds of one slot may await settling, and how many settled requests it remembers. */
export const room = { open: 8, past: 6 };

/** One command, from any version of the API. */
export type ReserveSlot = { tenant: string; slot: number; key: string; brand?: string | undefined };
