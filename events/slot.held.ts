import type { EventType } from './event.ts';
import { slotData } from './slot-data.ts';

/** An attempt holds a slot. Not for everyone: it only asks for the payment to be looked at once the lease is over. */
export const slotHeld = {
  type: 'slot.held',
  version: 1,
  title: 'Slot held',
  audience: 'worker',
  data: slotData,
} satisfies EventType;
