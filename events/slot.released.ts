import type { EventType } from './event.ts';
import { slotData } from './slot-data.ts';

/**
 * A slot is free again: its hold was refused, its checks were unreachable, or its booking was
 * cancelled.
 */
export const slotReleased = {
  type: 'slot.released',
  version: 1,
  title: 'Slot released',
  audience: 'bus',
  data: slotData,
} satisfies EventType;
