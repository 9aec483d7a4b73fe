import type { Clock } from '#lib/clock.ts';
import { serveChanges } from './change-server.ts';

/**
 * An official gazette: a publication cannot be undone, there is no query, and it knows no
 * `not_after`.
 */
export const serveGazette = (at: { clock: Clock; host?: string }) =>
  serveChanges({
    ...at,
    traits: { tombstone: false, honoursNotAfter: false },
    paths: { prepare: '/notices/check', commit: '/notices' },
    words: { prepare: 'accepted', commit: 'published', rollback: 'withdrawn' },
  });
