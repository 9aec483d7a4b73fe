import type { EventType } from './event.ts';
import { slotData } from './slot-data.ts';

/** A scheduler has created a slot or changed its description. */
export const slotChanged = {
  type: 'slot.changed',
  version: 1,
  title: 'Slot created or changed',
  audience: 'bus',
  data: slotData,
} satisfies EventType;
