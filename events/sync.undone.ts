import type { EventType } from './event.ts';
import { syncData } from './sync-data.ts';

/** The change was taken back by its token, in every system. */
export const syncUndone = {
  type: 'sync.undone',
  version: 1,
  title: 'Sync undone',
  audience: 'bus',
  data: syncData,
} satisfies EventType;
