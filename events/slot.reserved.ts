import type { EventType } from './event.ts';
import { slotData } from './slot-data.ts';

/** A slot is booked. */
export const slotReserved = {
  type: 'slot.reserved',
  version: 1,
  title: 'Slot reserved',
  audience: 'bus',
  data: slotData,
} satisfies EventType;
