import type { EventType } from './event.ts';
import { slotData } from './slot-data.ts';

/** A hold expired before it became a booking; the slot is free again. */
export const slotLapsed = {
  type: 'slot.lapsed',
  version: 1,
  title: 'Hold lapsed',
  audience: 'bus',
  data: slotData,
} satisfies EventType;
