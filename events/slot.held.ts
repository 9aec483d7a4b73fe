import type { EventType } from './event.ts';
import { slotData } from './slot-data.ts';

/** An attempt holds a slot. For a job only: it checks the payment once the lease has expired. */
export const slotHeld = {
  type: 'slot.held',
  version: 1,
  title: 'Slot held',
  audience: 'worker',
  data: slotData,
} satisfies EventType;
