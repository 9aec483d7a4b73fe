import type { EventType } from './event.ts';
import { syncData } from './sync-data.ts';

/** A waiting sync continues in a new execution. For a job only. */
export const syncWoken = {
  type: 'sync.woken',
  version: 1,
  title: 'Sync woken',
  audience: 'worker',
  data: syncData,
} satisfies EventType;
