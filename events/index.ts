import type { EventType } from './event.ts';
import { slotChanged } from './slot.changed.ts';
import { slotHeld } from './slot.held.ts';
import { slotLapsed } from './slot.lapsed.ts';
import { slotReleased } from './slot.released.ts';
import { slotReserved } from './slot.reserved.ts';

/** The catalogue: what is not in it is never told. */
export const catalogue: ReadonlyMap<string, EventType> = new Map(
  ([slotChanged, slotHeld, slotLapsed, slotReleased, slotReserved] as EventType[]).map((event) => [event.type, event]),
);
