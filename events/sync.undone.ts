import type { EventType } from './event.ts';
import { syncData } from './sync-data.ts';

/** The change was undone by its rollback token in every system. */
export const syncUndone = {
  type: 'sync.undone',
  version: 1,
  title: 'Sync undone',
  audience: 'bus',
  data: syncData,
} satisfies EventType;
