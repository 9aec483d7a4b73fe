import type { EventType } from './event.ts';
import { syncData } from './sync-data.ts';

/** The change is in no system: one refused it, or could not be reached in time. */
export const syncRolledBack = {
  type: 'sync.rolled_back',
  version: 1,
  title: 'Sync rolled back',
  audience: 'bus',
  data: syncData,
} satisfies EventType;
