import { benefitAdjusted } from './benefit.adjusted.ts';
import type { EventType } from './event.ts';
import { slotChanged } from './slot.changed.ts';
import { slotHeld } from './slot.held.ts';
import { slotLapsed } from './slot.lapsed.ts';
import { slotReleased } from './slot.released.ts';
import { slotReserved } from './slot.reserved.ts';
import { syncAccepted } from './sync.accepted.ts';
import { syncCommitted } from './sync.committed.ts';
import { syncParked } from './sync.parked.ts';
import { syncRolledBack } from './sync.rolled_back.ts';
import { syncTurned } from './sync.turned.ts';
import { syncUndone } from './sync.undone.ts';
import { syncWoken } from './sync.woken.ts';
import { systemRecovered } from './system.recovered.ts';
import { ticketClosed } from './ticket.closed.ts';
import { ticketOpened } from './ticket.opened.ts';

const all: EventType[] = [
  ...[slotChanged, slotHeld, slotLapsed, slotReleased, slotReserved],
  ...[syncAccepted, syncCommitted, syncParked, syncRolledBack, syncTurned, syncUndone, syncWoken],
  ...[ticketOpened, ticketClosed, systemRecovered, benefitAdjusted],
];

/** The catalogue of event types. An event whose type is not in it is never published. */
export const catalogue: ReadonlyMap<string, EventType> = new Map(all.map((event) => [event.type, event]));

/** The event type for any spelling of a sync's type, or undefined. */
export const syncType = (named: string): EventType | undefined =>
  all.find(
    ({ type, audience, spelled = [] }) =>
      audience === 'systems' && (type === named || spelled.includes(named)),
  );

/** Every type that starts a sync, with its other spellings. */
export const syncTypes = (): string[] =>
  all
    .filter(({ audience }) => audience === 'systems')
    .map(({ type, spelled = [] }) => [type, ...spelled].join(' or '));
