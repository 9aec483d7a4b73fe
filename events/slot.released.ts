import type { EventType } from './event.ts';
import { slotData } from './slot-data.ts';

/** A slot is free again: hold refused, checks unreachable, or booking cancelled. */
export const slotReleased = {
  type: 'slot.released',
  version: 1,
  title: 'Slot released',
  audience: 'bus',
  data: slotData,
} satisfies EventType;
