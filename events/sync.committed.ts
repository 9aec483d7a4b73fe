import type { EventType } from './event.ts';
import { syncData } from './sync-data.ts';

/** The change is committed in every system. */
export const syncCommitted = {
  type: 'sync.committed',
  version: 1,
  title: 'Sync committed',
  audience: 'bus',
  also: 'success',
  data: syncData,
} satisfies EventType;
