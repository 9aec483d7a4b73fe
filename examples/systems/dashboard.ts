import type { Clock } from '#lib/clock.ts';
import { serveChanges } from './change-server.ts';

/**
 * The Public Dashboard over HTTP, as `systems/dashboard.json` describes it. `GET /totals` is its
 * public page; of a batch it gets the totals.
 */
export const serveDashboard = (at: { clock: Clock; host?: string }) =>
  serveChanges({
    ...at,
    traits: { reserves: true },
    paths: { prepare: '/totals/stage', commit: '/totals/publish', rollback: '/totals/retract' },
    batches: {
      by: 'totals',
      paths: {
        prepare: '/totals/batch/stage',
        commit: '/totals/batch/publish',
        rollback: '/totals/batch/retract',
      },
    },
    totals: '/totals',
    words: { prepare: 'staged', commit: 'published', rollback: 'retracted' },
  });
