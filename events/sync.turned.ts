import type { EventType } from './event.ts';
import { syncData } from './sync-data.ts';

/** The direction has changed: a new execution begins. For a job only. */
export const syncTurned = {
  type: 'sync.turned',
  version: 1,
  title: 'Sync turned',
  audience: 'worker',
  data: syncData,
} satisfies EventType;
