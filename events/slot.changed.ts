import type { EventType } from './event.ts';
import { slotData } from './slot-data.ts';

/** A scheduler has made a slot or changed what describes it. */
export const slotChanged = {
  type: 'slot.changed',
  version: 1,
  title: 'Slot made or changed',
  audience: 'bus',
  data: slotData,
} satisfies EventType;
