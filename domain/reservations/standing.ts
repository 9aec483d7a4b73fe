import { cancelled } from './past.ts';
import type { Slot } from './slot.ts';

/** What a slot says of a hold: it stands by it, has it cancelled, or knows nothing of it (any more). */
export type Standing = 'booked' | 'held' | 'cancelled' | 'unknown';

export function standingOf(slot: Slot | undefined, hold: string): Standing {
  if (!slot) return 'unknown';
  if (slot.hold === hold) return slot.state === 'booked' ? 'booked' : 'held';
  return cancelled(slot, hold) ? 'cancelled' : 'unknown';
}
