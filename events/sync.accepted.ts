import type { EventType } from './event.ts';
import { syncData } from './sync-data.ts';

/** A change has been accepted for several systems; none of them has been asked yet. */
export const syncAccepted = {
  type: 'sync.accepted',
  version: 1,
  title: 'Sync accepted',
  audience: 'bus',
  data: syncData,
} satisfies EventType;
