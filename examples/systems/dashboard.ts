import type { Clock } from '#lib/clock.ts';
import { serveChanges } from './change-server.ts';

/** The Public Dashboard over HTTP, as `systems/dashboard.json` describes it. `GET /totals` is what the public sees. */
export const serveDashboard = (at: { clock: Clock; host?: string }) =>
  serveChanges({
    ...at,
    traits: { reserves: true },
    paths: { prepare: '/totals/stage', commit: '/totals/publish', rollback: '/totals/retract' },
    totals: '/totals',
    words: { prepare: 'staged', commit: 'published', rollback: 'retracted' },
  });
