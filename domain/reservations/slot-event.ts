import type { SlotData } from '#events/slot-data.ts';
import { rfc3339 } from '#lib/rfc3339.ts';
import { slotView } from './representation.ts';
import { reservationId } from './reservation-id.ts';
import type { Slot } from './slot.ts';

/** What a slot's event says: the slot as it stands, and the reservation that has come to be or has been undone. */
export function slotEventData(slot: Slot): SlotData {
  const view = slotView(slot);
  const { type, at, attempt, booking } = slot.event;
  const booked = type === 'slot.reserved' ? slot.outcome : booking;
  if (!booked) return view;
  const about = {
    reservation_id: reservationId(view.slot_id, attempt),
    reserved_at: rfc3339(booked.at),
    ...(booked.brand && { brand: booked.brand }),
  };
  return {
    ...view,
    reservation: booking
      ? { ...about, state: 'cancelled', cancelled_at: rfc3339(at) }
      : { ...about, state: 'booked' },
  };
}

/**
 * Settle messages that the slot's last event asks for, with the seconds that are left until there is something to settle:
 * after a hold, its lease and a margin; after a release or a cancellation, none. A hold that has lapsed asks through its own message.
 */
export function settlesOf(
  slot: Slot,
  now: number,
  marginMs: number,
): { hold: string; delaySeconds: number }[] {
  const { type, attempt } = slot.event;
  if (type === 'slot.released') return [{ hold: attempt, delaySeconds: 0 }];
  if (type === 'slot.held') return [{ hold: attempt, delaySeconds: leftOf(slot, attempt, now, marginMs) }];
  return [];
}

/** The delay that is left of a hold's lease: zero once it is no longer held. */
export function leftOf(slot: Slot, hold: string, now: number, marginMs: number): number {
  const held = slot.state === 'held' && slot.hold === hold && slot.until !== undefined;
  return held ? Math.max(0, Math.ceil(((slot.until ?? now) + marginMs - now) / 1000)) : 0;
}
