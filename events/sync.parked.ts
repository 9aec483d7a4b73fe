import type { EventType } from './event.ts';
import { syncData } from './sync-data.ts';

/**
 * The change waits for an operator: some systems have it or may have it, and Lockstep cannot
 * finish it alone.
 */
export const syncParked = {
  type: 'sync.parked',
  version: 1,
  title: 'Sync parked',
  audience: 'bus',
  data: syncData,
} satisfies EventType;
