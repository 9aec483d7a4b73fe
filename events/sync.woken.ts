import type { EventType } from './event.ts';
import { syncData } from './sync-data.ts';

/** A sync that stood still goes on in a new execution. Not for everyone. */
export const syncWoken = {
  type: 'sync.woken',
  version: 1,
  title: 'Sync woken',
  audience: 'worker',
  data: syncData,
} satisfies EventType;
