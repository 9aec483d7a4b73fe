import type { Price } from '#events/slot-data.ts';
import type { Item } from '#lib/aws/table.ts';

/**
 * The slot: one item that is at once the state, the lock, the idempotency record, the stored answer and the outbox.
 * The largest legal one is at most 1,024 bytes as DynamoDB counts them, so that every write of it is one write unit.
 */
export type Slot = Item & {
  /** +1 on every write; what callers see as the ETag. */
  v: number;
  state: 'free' | 'held' | 'booked';
  /** Digest of tenant and Idempotency-Key of who holds or has booked it. */
  holder?: string;
  /** The id minted for the attempt that holds or has booked it: the fence of every later write. */
  hold?: string;
  /** Digest of the request, so that a key that comes back with another command is recognised. */
  request?: string;
  /** End of the lease, in ms. A lapsed hold counts as free: the condition decides, never the absence of the item. */
  until?: number;
  outcome?: Booking;
  /** Settled requests by holder, see settled-requests.ts. */
  past: Record<string, Uint8Array>;
  /** Until when (ms) the day's bookings fill `past`. */
  full?: number;
  /** Holds whose payment is not at rest. */
  open?: Set<string>;
  /** The last event that a write caused. It is told only by the write for which `eventV` equals `v`. */
  event: SlotEvent;
  eventV: number;
  site: string;
  startsAt: string;
  endsAt?: string;
  price?: Price;
  brands?: string[];
};

export type Booking = { at: number; brand?: string };
/** `attempt`: the hold that it is about, or the id of the change. `booking`: what a cancellation has undone. */
export type SlotEvent = { type: string; at: number; attempt: string; booking?: Booking };

/** How many holds of one slot may wait for their payment, and how many settled requests it remembers. */
export const room = { open: 8, past: 6 };

/** One command, whatever the API version that it came by. */
export type ReserveSlot = { tenant: string; slot: number; key: string; brand?: string | undefined };
