import type { Store } from '#lib/aws/table.ts';
import { Problem } from '#lib/problem.ts';
import type { Found } from './find-reservation.ts';
import { bookedSlotsOn } from './slots/booked-slots.ts';
import { holdStateOf } from './slots/hold-state.ts';
import { readSlot } from './slots/read-slot.ts';

export type CancelReservation = { tenant: string; found: Found; stillMatches: boolean };

/**
 * Gives the slot back, once. The answer depends on the reservation's id alone: a hold that is over
 * counts as cancelled, so a second cancellation gets the same answer.
 */
export async function cancelReservation(
  { tenant, found, stillMatches }: CancelReservation,
  store: Store,
): Promise<void> {
  if (found.state === 'cancelled') return;
  if (!stillMatches) throw new Problem('precondition-failed');
  const slot = await readSlot(store, tenant, found.slot);
  if (slot && holdStateOf(slot, found.hold) === 'booked') await bookedSlotsOn(store).cancel(slot, found.hold);
}
