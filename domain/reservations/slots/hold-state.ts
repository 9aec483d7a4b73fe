import { cancelled } from './settled-requests.ts';
import type { Slot } from './slot.ts';

/** State of a hold on its slot; `unknown` after the slot has forgotten it, too. */
export type HoldState = 'booked' | 'held' | 'cancelled' | 'unknown';

export function holdStateOf(slot: Slot | undefined, hold: string): HoldState {
  if (!slot) return 'unknown';
  if (slot.hold === hold) return slot.state === 'booked' ? 'booked' : 'held';
  return cancelled(slot, hold) ? 'cancelled' : 'unknown';
}
