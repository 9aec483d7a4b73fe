import { cancelled } from './settled-requests.ts';
import type { Slot } from './slot.ts';

/** What a slot says of a hold: it stands by it, has it cancelled, or knows nothing of it (any more). */
export type HoldState = 'booked' | 'held' | 'cancelled' | 'unknown';

export function holdStateOf(slot: Slot | undefined, hold: string): HoldState {
  if (!slot) return 'unknown';
  if (slot.hold === hold) return slot.state === 'booked' ? 'booked' : 'held';
  return cancelled(slot, hold) ? 'cancelled' : 'unknown';
}
