import { syncData } from '#events/sync-data.ts';
import { pageAnswer } from '#lib/http/page-answer.ts';
import { exampleSyncId } from './sync-answer.ts';

/** Syncs by time of acceptance, from the list that events build. */
export const syncListAnswer = pageAnswer({
  description: 'Syncs by time of acceptance, built from events: the list may lag.',
  schema: syncData.meta({ id: 'ListedSync' }),
  example: {
    ...{ sync_id: exampleSyncId, type: 'benefit.adjusted', state: 'committed', decision: 'commit' },
    ...{ reason: 'all systems say yes', grade: 'A' },
    ...{ accepted_at: '2027-01-15T09:00:00.000Z', deadline: '2027-01-15T10:00:00.000Z' },
    ...{ ended_at: '2027-01-15T09:00:01.108Z', sync_latency_ms: 1108, by_hand: false },
    subjects: ['9f86d081884c7d65'],
    systems: [{ system: 'dashboard', prepare: 'yes', commit: 'yes' }],
  },
});
