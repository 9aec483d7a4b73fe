import type { EventType } from './event.ts';
import { syncData } from './sync-data.ts';

/** A change was accepted for several systems; no system has been called yet. */
export const syncAccepted = {
  type: 'sync.accepted',
  version: 1,
  title: 'Sync accepted',
  audience: 'bus',
  data: syncData,
} satisfies EventType;
