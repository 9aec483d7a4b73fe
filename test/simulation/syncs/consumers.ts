import { wakeSync, wakeWaiting } from '#domain/syncs/recovery/wake-sync.ts';
import type { Execution } from '#domain/syncs/saga/coordinator.ts';
import { keepSyncList } from '#domain/syncs/sync-list.ts';
import { keepSyncTicket } from '#domain/syncs/tickets/keep-sync-ticket.ts';
import { keepTicketList } from '#domain/syncs/tickets/ticket-list.ts';
import { goOnUndoing, type Waiting } from '#domain/syncs/undo/cascade.ts';
import type { SyncData } from '#events/sync-data.ts';
import type { TicketData } from '#events/ticket-data.ts';
import type { Behind } from '#test/simulation/engine/cloud.ts';
import { syncToolsOn, wakingToolsOn } from '#wiring/syncs.ts';

/** The workers that continue syncs, and the subscribers to their events. */
export const consumers: Behind = {
  workers: {
    'system.wake': {
      process: 'wake-system',
      run: (said: { system: string; why: string }, on) => wakeWaiting(said, wakingToolsOn(on)),
    },
    'sync.wake': {
      process: 'wake',
      run: (said: Execution & { why: string }, on) => wakeSync(said, syncToolsOn(on)),
    },
    'sync.undo': {
      process: 'undo-later',
      run: (waiting: Waiting, on) => goOnUndoing(waiting, syncToolsOn(on)),
    },
  },
  subscribers: [
    {
      process: 'keep-list',
      hears: 'sync.',
      run: ({ tenant, v, data }, on) => keepSyncList(on, tenant, v, data as SyncData),
    },
    {
      process: 'keep-ticket',
      hears: 'sync.',
      run: ({ tenant, v, data, time }, on) =>
        keepSyncTicket(on, tenant, v, data as SyncData, Date.parse(time)),
    },
    {
      process: 'keep-tickets',
      hears: 'ticket.',
      run: ({ tenant, v, data }, on) => keepTicketList(on, tenant, v, data as TicketData),
    },
  ],
};
