import { parseKey } from '#domain/keys.ts';
import type { Image, Outbox } from '#domain/relay/relay.ts';
import { reservationId } from '#domain/reservations/reservation-id.ts';
import type { SlotData } from '#events/slot-data.ts';
import { type JobMessage, jobMessage } from '#lib/aws/job-message.ts';
import type { Clock } from '#lib/clock.ts';
import { rfc3339 } from '#lib/rfc3339.ts';
import type { Slot } from './slot.ts';
import { slotView } from './slot-view.ts';

/** The data of a slot's event: the slot, and the reservation that was made or undone. */
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
 * Settle messages of the slot's last event, with their delay (s): after a hold, its lease and a
 * margin; after a release or a cancellation, none. A lapsed hold is settled by its own message.
 */
export function settlesOf(
  slot: Slot,
  now: number,
  marginMs: number,
): { hold: string; delaySeconds: number }[] {
  const { type, attempt } = slot.event;
  if (type === 'slot.released') return [{ hold: attempt, delaySeconds: 0 }];
  if (type === 'slot.held')
    return [{ hold: attempt, delaySeconds: leaseSecondsLeft(slot, attempt, now, marginMs) }];
  return [];
}

/** What is left of a hold's lease (s): zero once it is no longer held. */
export function leaseSecondsLeft(slot: Slot, hold: string, now: number, marginMs: number): number {
  const held = slot.state === 'held' && slot.hold === hold && slot.until !== undefined;
  return held ? Math.max(0, Math.ceil(((slot.until ?? now) + marginMs - now) / 1000)) : 0;
}

export const settleMessage = (tenant: string, slot: number, hold: string, delaySeconds: number): JobMessage =>
  jobMessage('payment.settle', { tenant, slot, hold }, delaySeconds);

/**
 * The messages of a write of a slot: its event, and the settle messages, `marginMs` after a hold's
 * lease.
 */
export const slotOutbox = (clock: Clock, marginMs: number): Outbox => ({
  data: (image) => slotEventData(image as unknown as Slot),
  jobs: (image) => {
    const slot = image as unknown as Slot;
    const { tenant, id } = parseKey(image);
    return settlesOf(slot, clock.now(), marginMs).map(({ hold, delaySeconds }) =>
      settleMessage(tenant, Number(id), hold, delaySeconds),
    );
  },
});

/** Every settle message that a slot still owes, independent of its events: one per open hold. */
export function openSettleMessages(image: Image, now: number, marginMs: number): JobMessage[] {
  const slot = image as unknown as Slot;
  const { tenant, id } = parseKey(image);
  return [...(slot.open ?? [])].map((hold) =>
    settleMessage(tenant, Number(id), hold, leaseSecondsLeft(slot, hold, now, marginMs)),
  );
}
